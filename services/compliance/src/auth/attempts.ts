import { NS_PER_MINUTE, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';

/** Failures allowed per name and per address inside the window. */
const FAILURES_MAX = { name: 5, address: 20 } as const;
const WINDOW_NS = 5n * NS_PER_MINUTE;
const KEYS_MAX = 10_000;

export interface Attempts {
  /** Whole seconds to wait before the next try; 0: go on. Counts the try. */
  begin(name: string, address: string): number;
  /** The password was right: the name starts afresh. */
  succeed(name: string): void;
}

/** Slows down guessing. Counts tries, not failures, when they begin, so that many at once do not slip through. */
export function createAttempts(clock: Clock): Attempts {
  const tries = new Map<string, Ns[]>();
  const waitFor = (key: string, max: number, nowNs: Ns): Ns => {
    const recent = (tries.get(key) ?? []).filter((atNs) => nowNs - atNs < WINDOW_NS);
    if (recent.length === 0) tries.delete(key);
    else tries.set(key, recent);
    const oldest = recent[recent.length - max];
    return oldest === undefined ? 0n : oldest + WINDOW_NS - nowNs;
  };
  const note = (key: string, nowNs: Ns) => {
    const oldest = tries.keys().next();
    if (tries.size >= KEYS_MAX && !oldest.done) tries.delete(oldest.value);
    tries.set(key, [...(tries.get(key) ?? []), nowNs]);
  };
  return {
    begin(name, address) {
      const nowNs = clock.monotonicNs();
      const waitNs = [
        waitFor(`name ${name}`, FAILURES_MAX.name, nowNs),
        waitFor(`address ${address}`, FAILURES_MAX.address, nowNs),
      ].reduce((a, b) => (a > b ? a : b));
      if (waitNs > 0n) return Number((waitNs + NS_PER_SECOND - 1n) / NS_PER_SECOND);
      note(`name ${name}`, nowNs);
      note(`address ${address}`, nowNs);
      return 0;
    },
    succeed: (name) => void tries.delete(`name ${name}`),
  };
}
