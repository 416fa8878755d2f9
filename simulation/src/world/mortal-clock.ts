import type { Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { Life } from './life.ts';

/** The clock as one process on one host sees it: the host's wall clock may be off, and timers die with the process. */
export function mortalClock(clock: Clock, life: Life, offsetNs: () => Ns): Clock {
  return {
    nowNs: () => clock.nowNs() + offsetNs(),
    monotonicNs: () => clock.monotonicNs(),
    after: (delayNs, run) =>
      clock.after(delayNs, () => {
        if (life.cross()) run();
      }),
  };
}
