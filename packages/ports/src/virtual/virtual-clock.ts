import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '../clock.ts';
import { TimerQueue } from './timer-queue.ts';

/**
 * Time that passes only when told to. Between two timers every pending promise is settled, so a run depends on
 * nothing but its inputs: the same timers make the same run.
 */
export interface VirtualClock extends Clock {
  /** Lets time pass up to `untilNs` and runs what falls due, in order of time, then of scheduling. */
  runUntil(untilNs: Ns): Promise<void>;
  advance(byNs: Ns): Promise<void>;
  /** Settles pending promises without letting time pass. */
  settle(): Promise<void>;
  /** Steps the wall clock, as an operator or a bad time source would; timers and the monotonic clock do not notice. */
  step(byNs: Ns): void;
  /** When the next timer falls due, on the monotonic clock; null when nothing waits. */
  nextTimerNs(): Ns | null;
}

export function virtualClock(startNs: Ns = DEFAULT_START_NS): VirtualClock {
  let monotonicNs = startNs;
  let steppedNs = 0n;
  const queue = new TimerQueue();

  const clock: VirtualClock = {
    nowNs: () => monotonicNs + steppedNs,
    monotonicNs: () => monotonicNs,
    after(delayNs, run): Timer {
      return queue.add(monotonicNs + (delayNs > 0n ? delayNs : 0n), run);
    },
    async runUntil(untilNs) {
      await settlePromises();
      for (let next = queue.takeDue(untilNs); next !== null; next = queue.takeDue(untilNs)) {
        monotonicNs = next.atNs;
        next.run();
        await settlePromises();
      }
      if (untilNs > monotonicNs) monotonicNs = untilNs;
    },
    advance: (byNs) => clock.runUntil(monotonicNs + byNs),
    settle: settlePromises,
    step(byNs) {
      steppedNs += byNs;
    },
    nextTimerNs: () => queue.nextNs(),
  };
  return clock;
}

/** A turn of the event loop begins only when every promise callback has run. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Tuesday, 24 November 2026, 10:00 in New York. */
const DEFAULT_START_NS = 1_795_532_400_000_000_000n;
