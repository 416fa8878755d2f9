import { type Counts, counts } from './counts.ts';

export interface Projection extends Counts {
  /** Trading days that the projection rests on. */
  readonly daysSeen: number;
  readonly daysLeft: number;
}

/** A month of which only a day or two has passed says little; these many days say what a day is like now. */
const RECENT_DAYS = 5;

/**
 * Where the month ends when the days that are left are like the recent ones: up to five trading days, the present one left out, for it is not over.
 * Null while no day is over. What today has brought so far counts as it is, and what it lacks of a usual day is added.
 *
 * `days` are the trading days of the month that are over, in order, `today` what has come today (null when today is none).
 */
export function project(days: readonly Counts[], today: Counts | null, daysLeft: number): Projection | null {
  const recent = days.slice(-RECENT_DAYS);
  if (recent.length === 0) return null;
  const usual = recent.reduce(counts.merge, counts.empty);
  const past = days.reduce(counts.merge, counts.empty);
  // Rounded to the nearest: a twentieth of a late report is none.
  const of = (total: number, times: number) => Math.round((total * times) / recent.length);
  const rest = today === null ? counts.empty : today;
  const expected = today === null ? 0 : 1;
  return {
    accepted:
      past.accepted + Math.max(rest.accepted, of(usual.accepted, expected)) + of(usual.accepted, daysLeft),
    late: past.late + Math.max(rest.late, of(usual.late, expected)) + of(usual.late, daysLeft),
    daysSeen: recent.length,
    daysLeft,
  };
}
