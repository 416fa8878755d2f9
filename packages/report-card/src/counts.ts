import type { Aggregate } from '@tapeclock/windows';

/** Reports that a facility accepted. */
export interface Counts {
  readonly accepted: number;
  readonly late: number;
}

/** Adds up by whether a report was late. */
export const counts: Aggregate<boolean, Counts> = {
  empty: { accepted: 0, late: 0 },
  add: ({ accepted, late }, isLate) => ({ accepted: accepted + 1, late: late + (isLate ? 1 : 0) }),
  merge: (a, b) => ({ accepted: a.accepted + b.accepted, late: a.late + b.late }),
};

/** Share of reports in time, in millionths, rounded down: 100 % means none was late. Null where there were none. */
export function onTimeE6({ accepted, late }: Counts): number | null {
  return accepted === 0 ? null : Math.floor(((accepted - late) * 1_000_000) / accepted);
}
