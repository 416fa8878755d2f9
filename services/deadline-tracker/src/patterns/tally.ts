import type { Aggregate } from '@tapeclock/windows';
import type { Measure } from './pattern.ts';

/** What one window knows of one pattern and subject. Streaks count facts that match and follow each other. */
export interface Tally {
  readonly total: number;
  readonly matched: number;
  /** Matching facts since the last one that did not match, or since the window began. */
  readonly streak: number;
}

/** Adds up whether facts matched, in the order they are told. */
export const tallies: Aggregate<boolean, Tally> = {
  empty: { total: 0, matched: 0, streak: 0 },
  add: ({ total, matched, streak }, isMatch) =>
    isMatch
      ? { total: total + 1, matched: matched + 1, streak: streak + 1 }
      : { total: total + 1, matched, streak: 0 },
  merge: (earlier, later) => ({
    total: earlier.total + later.total,
    matched: earlier.matched + later.matched,
    streak: later.streak === later.total ? earlier.streak + later.streak : later.streak,
  }),
};

/** Whether the pattern is there. */
export function isMet(measure: Measure, tally: Tally): boolean {
  switch (measure.kind) {
    case 'count':
      return tally.matched >= measure.atLeast;
    case 'share':
      return tally.total >= measure.ofAtLeast && tally.matched * 100 >= measure.percent * tally.total;
    case 'streak':
      return tally.streak >= measure.atLeast;
    case 'silence':
      return tally.total >= measure.afterAtLeast;
  }
}

/** Whether it is over: well below what raised it, or the alert would come and go with every trade. */
export function isOver(measure: Measure, tally: Tally): boolean {
  switch (measure.kind) {
    case 'count':
      return tally.matched * 2 < measure.atLeast;
    case 'share':
      return tally.matched * 200 < measure.percent * tally.total || tally.total * 2 < measure.ofAtLeast;
    case 'streak':
      return tally.streak * 2 < measure.atLeast;
    case 'silence':
      return tally.total === 0;
  }
}
