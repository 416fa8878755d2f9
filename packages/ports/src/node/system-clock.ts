import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { Clock } from '../clock.ts';

/**
 * The host's clock, the one place that reads it. `offsetNs` shifts the wall time only: the demo uses it to
 * stand on a trading day at 10:00 Eastern whatever the hour.
 */
export function systemClock(offsetNs: Ns = 0n): Clock {
  // Date.now has milliseconds only; the monotonic clock supplies the finer digits between two readings.
  let [anchorWallNs, anchorMonotonicNs] = atTick();
  return {
    nowNs() {
      const wallMs = Date.now();
      const elapsedNs = process.hrtime.bigint() - anchorMonotonicNs;
      const driftNs = BigInt(wallMs) * NS_PER_MS - (anchorWallNs + elapsedNs);
      // The host's clock was stepped or slewed: follow it, as every other program on the host does.
      if (driftNs > DRIFT_MAX_NS || driftNs < -DRIFT_MAX_NS) {
        [anchorWallNs, anchorMonotonicNs] = atTick();
        return anchorWallNs + offsetNs;
      }
      return anchorWallNs + elapsedNs + offsetNs;
    },
    monotonicNs: () => process.hrtime.bigint(),
    after(delayNs, run) {
      const dueNs = process.hrtime.bigint() + delayNs;
      let handle = setTimeout(fire, delayMs(delayNs));
      // Node counts from the beginning of the turn and may call up to a millisecond early: then the rest is waited for.
      function fire(): void {
        const leftNs = dueNs - process.hrtime.bigint();
        if (leftNs <= 0n) run();
        else handle = setTimeout(fire, delayMs(leftNs));
      }
      return { cancel: () => clearTimeout(handle) };
    },
  };
}

/**
 * Wall and monotonic time at one instant, to the microsecond: at the tick of a millisecond, which is waited for. Stamps of
 * several processes are compared with each other, and would else be up to a millisecond apart.
 */
function atTick(): [wallNs: Ns, monotonicNs: Ns] {
  const beforeMs = Date.now();
  let wallMs = beforeMs;
  while (wallMs === beforeMs) wallMs = Date.now();
  return [BigInt(wallMs) * NS_PER_MS, process.hrtime.bigint()];
}

function delayMs(delayNs: Ns): number {
  return delayNs <= 0n ? 0 : Math.min(Number((delayNs + NS_PER_MS - 1n) / NS_PER_MS), TIMEOUT_MAX_MS);
}

const DRIFT_MAX_NS = 2n * NS_PER_MS;
/** setTimeout fires at once beyond 2^31 − 1 ms (24.8 days): a longer wait is made of several. */
const TIMEOUT_MAX_MS = 2_147_483_647;
