import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Metrics } from './metrics.ts';

const NS_PER_SECOND = 1e9;
const RESOLUTION_MS = 10;
const QUANTILES = [50, 99, 100] as const;

/**
 * Publishes how long the event loop kept callers waiting since the last scrape. The sampling itself is Node's own,
 * outside of the loop. A loop that lags makes every stage time wrong, so this is looked at first.
 */
export function watchEventLoop(metrics: Metrics): () => void {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  metrics.beforeScrape(() => {
    for (const quantile of QUANTILES) {
      // What is measured includes the sampling interval itself.
      const lagNs = Math.max(0, delay.percentile(quantile) - RESOLUTION_MS * 1e6);
      metrics.set(
        'tapeclock_event_loop_lag_seconds',
        { quantile: String(quantile / 100) },
        lagNs / NS_PER_SECOND,
      );
    }
    delay.reset();
  });
  return () => void delay.disable();
}
