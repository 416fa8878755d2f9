import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { Clock } from '../clock.ts';

/**
 * The host's clock, the one place that reads it. `offsetNs` shifts the wall time only: the demo uses it to
 * stand on a trading day at 10:00 Eastern whatever the hour.
 */
export function systemClock(offsetNs: Ns = 0n): Clock {
  // Date.now has milliseconds only; the monotonic clock supplies the finer digits between two readings.
  let anchorWallNs = BigInt(Date.now()) * NS_PER_MS;
  let anchorMonotonicNs = process.hrtime.bigint();
  return {
    nowNs() {
      const wallMs = Date.now();
      const elapsedNs = process.hrtime.bigint() - anchorMonotonicNs;
      const driftNs = BigInt(wallMs) * NS_PER_MS - (anchorWallNs + elapsedNs);
      // The host's clock was stepped or slewed: follow it, as every other program on the host does.
      if (driftNs > DRIFT_MAX_NS || driftNs < -DRIFT_MAX_NS) {
        anchorWallNs = BigInt(wallMs) * NS_PER_MS;
        anchorMonotonicNs = process.hrtime.bigint();
        return anchorWallNs + offsetNs;
      }
      return anchorWallNs + elapsedNs + offsetNs;
    },
    monotonicNs: () => process.hrtime.bigint(),
    after(delayNs, run) {
      const delayMs = delayNs <= 0n ? 0 : Number((delayNs + NS_PER_MS - 1n) / NS_PER_MS);
      const handle = setTimeout(run, Math.min(delayMs, TIMEOUT_MAX_MS));
      return { cancel: () => clearTimeout(handle) };
    },
  };
}

const DRIFT_MAX_NS = 2n * NS_PER_MS;
/** setTimeout fires at once beyond 2^31 − 1 ms (24.8 days); nothing here waits longer than a day. */
const TIMEOUT_MAX_MS = 2_147_483_647;
