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
 * Wall and monotonic time at one instant, to some microseconds: at the tick of a millisecond, which is waited for. Stamps of
 * several processes are compared with each other, and would else be up to a millisecond apart. Of a few ticks the one
 * counts that was seen closest: the process may be paused between two looks.
 */
function atTick(): [wallNs: Ns, monotonicNs: Ns] {
  let best = { wallMs: 0, monotonicNs: 0n, blurNs: NS_PER_MS };
  for (let tick = 0; tick < TICKS_MAX && best.blurNs > BLUR_NS; tick += 1) {
    const beforeMs = Date.now();
    let lookedNs = process.hrtime.bigint();
    for (;;) {
      const wallMs = Date.now();
      const monotonicNs = process.hrtime.bigint();
      const blurNs = monotonicNs - lookedNs;
      lookedNs = monotonicNs;
      if (wallMs === beforeMs) continue;
      if (blurNs < best.blurNs || best.wallMs === 0) best = { wallMs, monotonicNs, blurNs };
      break;
    }
  }
  return [BigInt(best.wallMs) * NS_PER_MS, best.monotonicNs];
}

const TICKS_MAX = 5;
const BLUR_NS = 20_000n;

function delayMs(delayNs: Ns): number {
  return delayNs <= 0n ? 0 : Math.min(Number((delayNs + NS_PER_MS - 1n) / NS_PER_MS), TIMEOUT_MAX_MS);
}

const DRIFT_MAX_NS = 2n * NS_PER_MS;
/** setTimeout fires at once beyond 2^31 − 1 ms (24.8 days): a longer wait is made of several. */
const TIMEOUT_MAX_MS = 2_147_483_647;
