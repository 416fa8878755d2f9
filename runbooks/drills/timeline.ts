import { NS_PER_MS } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';

/** One thing that a drill looked at in the end. */
export interface Check {
  readonly text: string;
  readonly ok: boolean;
  /** What was found, with its figures. */
  readonly found: string;
  /** Holds a figure of time against a bound: a slow machine may fail it without anything being wrong. */
  readonly isTimed: boolean;
}

/** What happens in a drill, told as it happens. */
export interface Timeline {
  /** A line with the seconds since the drill began. */
  note(text: string): void;
  /** A line as it stands, for tables. */
  line(text: string): void;
  check(text: string, ok: boolean, found: string, options?: { readonly isTimed?: boolean }): void;
  readonly checks: readonly Check[];
}

export function openTimeline(clock: Clock, print: (line: string) => void): Timeline {
  const startNs = clock.monotonicNs();
  const checks: Check[] = [];
  return {
    checks,
    note(text) {
      const seconds = Number((clock.monotonicNs() - startNs) / NS_PER_MS) / 1_000;
      print(`${seconds.toFixed(1).padStart(7)} s  ${text}`);
    },
    line: print,
    check(text, ok, found, { isTimed = false } = {}) {
      checks.push({ text, ok, found, isTimed });
      print(`${ok ? '       ok' : '   FAILED'}  ${text}: ${found}`);
    },
  };
}
