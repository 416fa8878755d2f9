import type { RunningService, ServiceEnvironment } from '@tapeclock/service';
import { runProcessor } from '@tapeclock/service';
import { sessionWatch } from './sessions/session-watch.ts';
import { deadlineTracker } from './tracker.ts';
import { TRACKER_DEFAULTS, type TrackerConfig } from './tracker-config.ts';

/** Starts the tracker. Two may run: partitions are shared out, and a dead one's are taken over from the log. */
export async function startDeadlineTracker(
  environment: ServiceEnvironment,
  config: Partial<TrackerConfig> = {},
): Promise<RunningService> {
  const tracker = await runProcessor(deadlineTracker({ ...TRACKER_DEFAULTS, ...config }), environment);
  const sessions = await runProcessor(sessionWatch, environment);
  return {
    ready: () => tracker.ready() && sessions.ready(),
    async stop() {
      await Promise.all([tracker.stop(), sessions.stop()]);
    },
  };
}
