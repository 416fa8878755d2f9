import type { Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';

export interface VirtualClock extends Clock {
  /** Lets time pass: runs what falls due, in order, and lets promises settle between. */
  advance(byNs: Ns): Promise<void>;
}

export function virtualClock(startNs: Ns = 1_700_000_000_000_000_000n): VirtualClock {
  let nowNs = startNs;
  let serial = 0;
  let timers: { atNs: Ns; serial: number; run: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
  };
  return {
    nowNs: () => nowNs,
    monotonicNs: () => nowNs,
    after(delayNs, run) {
      serial += 1;
      const timer = { atNs: nowNs + (delayNs > 0n ? delayNs : 0n), serial, run };
      timers.push(timer);
      return {
        cancel() {
          timers = timers.filter((other) => other !== timer);
        },
      };
    },
    async advance(byNs) {
      const untilNs = nowNs + byNs;
      await settle();
      for (;;) {
        timers.sort((a, b) => (a.atNs === b.atNs ? a.serial - b.serial : a.atNs < b.atNs ? -1 : 1));
        const next = timers[0];
        if (next === undefined || next.atNs > untilNs) break;
        timers.shift();
        nowNs = next.atNs;
        next.run();
        await settle();
      }
      nowNs = untilNs;
      await settle();
    },
  };
}
