/**
 * The trade date an instant belongs to at a facility, and how far into it. Today it is the Eastern date; a market
 * that never closes turns its trade date in the evening, and then it is that of the next day. So the turn is data.
 */
import { dateFromDayNumber, type EasternDate, easternWall } from '../calendar/eastern.ts';
import type { Facility } from '../facility.ts';
import { NS_PER_DAY, type Ns } from '../ns.ts';
import { inForce } from './entry.ts';
import type { Rulebook, TradeDayRule } from './rulebook.ts';

export interface TradeDay {
  /** Eastern days since 1970-01-01. */
  readonly dayNumber: number;
  readonly date: EasternDate;
  /** What the wall shows past midnight of `date`; negative on the evening before. */
  readonly nsOfDay: Ns;
}

export function tradeDay(rulebook: Rulebook, facility: Facility, atNs: Ns): TradeDay {
  const { dayNumber, date, nsOfDay } = easternWall(atNs);
  const next = dateFromDayNumber(dayNumber + 1);
  const begins = tradeDayRule(rulebook, facility, next)?.beginsNsOfDay ?? 0n;
  if (nsOfDay - NS_PER_DAY < begins) return { dayNumber, date, nsOfDay };
  return { dayNumber: dayNumber + 1, date: next, nsOfDay: nsOfDay - NS_PER_DAY };
}

export function tradeDate(rulebook: Rulebook, facility: Facility, atNs: Ns): EasternDate {
  return tradeDay(rulebook, facility, atNs).date;
}

/** The rule for the trade date `date`. */
export function tradeDayRule(
  rulebook: Rulebook,
  facility: Facility,
  date: EasternDate,
): TradeDayRule | undefined {
  return rulebook.tradeDays.find((rule) => rule.facilities.includes(facility) && inForce(rule, date));
}
