import {
  followProcessor,
  type Processor,
  type ProcessorStandby,
  type RunningService,
  runProcessor,
  type ServiceEnvironment,
} from '@tapeclock/service';
import { observeBooks } from './obligation/observe-books.ts';
import { parsePattern } from './patterns/pattern.ts';
import { PATTERN_FILES } from './patterns/pattern-files.ts';
import { watchPatterns } from './patterns/watch-patterns.ts';
import { sessionWatch } from './sessions/session-watch.ts';
import { deadlineTracker, type TrackerState } from './tracker.ts';
import { TRACKER_DEFAULTS, type TrackerConfig } from './tracker-config.ts';

export interface PreparedTracker {
  start(): Promise<RunningService>;
  /** Ends the reading ahead of one that was never started. */
  stop(): Promise<void>;
}

/**
 * Reads ahead what is open and what was said of it, so that `start` only has to catch up: a window does not stand still
 * while a new tracker reads the day.
 */
export function prepareDeadlineTracker(
  environment: ServiceEnvironment,
  config: Partial<TrackerConfig> = {},
): PreparedTracker {
  const processor = observedTracker(environment, config);
  const standby = followProcessor(processor, environment);
  return {
    start: () => startTracker(environment, processor, standby),
    stop: () => standby.stop(),
  };
}

/** As `prepareDeadlineTracker(…).start()`, reading the log only now. */
export function startDeadlineTracker(
  environment: ServiceEnvironment,
  config: Partial<TrackerConfig> = {},
): Promise<RunningService> {
  return startTracker(environment, observedTracker(environment, config));
}

/** The tracker with its books in the metrics. */
function observedTracker(
  environment: ServiceEnvironment,
  config: Partial<TrackerConfig>,
): Processor<TrackerState> {
  const processor = deadlineTracker({ ...TRACKER_DEFAULTS, ...config });
  const books = observeBooks(environment.telemetry.metrics, () => environment.clock.nowNs());
  return {
    ...processor,
    init(partition) {
      const state = processor.init(partition);
      books.add(state.book);
      return state;
    },
    release: (state) => books.remove(state.book),
  };
}

/** Two may run: partitions are shared out, and a dead one's are taken over from the log. */
async function startTracker(
  environment: ServiceEnvironment,
  processor: Processor<TrackerState>,
  standby?: ProcessorStandby<TrackerState>,
): Promise<RunningService> {
  const tracker = await runProcessor(processor, environment, standby);
  const sessions = await runProcessor(sessionWatch, environment);
  const patterns = await watchPatterns(environment, PATTERN_FILES.map(parsePattern));
  return {
    ready: () => tracker.ready() && sessions.ready() && patterns.ready(),
    async stop() {
      await Promise.all([tracker.stop(), sessions.stop(), patterns.stop()]);
      await standby?.stop();
    },
  };
}
