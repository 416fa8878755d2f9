import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import { runProcessor } from '@tapeclock/service';
import { observeBooks } from './obligation/observe-books.ts';
import { parsePattern } from './patterns/pattern.ts';
import { PATTERN_FILES } from './patterns/pattern-files.ts';
import { watchPatterns } from './patterns/watch-patterns.ts';
import { sessionWatch } from './sessions/session-watch.ts';
import { deadlineTracker } from './tracker.ts';
import { TRACKER_DEFAULTS, type TrackerConfig } from './tracker-config.ts';

/** Starts the tracker. Two may run: partitions are shared out, and a dead one's are taken over from the log. */
export async function startDeadlineTracker(
  environment: ServiceEnvironment,
  config: Partial<TrackerConfig> = {},
): Promise<RunningService> {
  const processor = deadlineTracker({ ...TRACKER_DEFAULTS, ...config });
  const books = observeBooks(environment.telemetry.metrics, () => environment.clock.nowNs());
  const tracker = await runProcessor(
    {
      ...processor,
      init(partition) {
        const state = processor.init(partition);
        books.add(state.book);
        return state;
      },
      release: (state) => books.remove(state.book),
    },
    environment,
  );
  const sessions = await runProcessor(sessionWatch, environment);
  const patterns = await watchPatterns(environment, PATTERN_FILES.map(parsePattern));
  return {
    ready: () => tracker.ready() && sessions.ready() && patterns.ready(),
    async stop() {
      await Promise.all([tracker.stop(), sessions.stop(), patterns.stop()]);
    },
  };
}
