/** When CAT wants a record, and when a repair of it. Business days come from the caller: they belong to the rulebook. */
import submission from '../../../../rulebook/cat/submission.json' with { type: 'json' };
import type { Ns } from '../ns.ts';
import { easternDate, nsFromEastern } from './eastern-time.ts';

export interface CatCalendar {
  /** Whether the exchanges trade on that Eastern date, `YYYYMMDD`. */
  isTradingDay(date: string): boolean;
  /** Minutes after Eastern midnight at which the regular session ends: 960, or 780 on a half day. */
  closeMinute(date: string): number;
}

/** Nothing sane is closed for longer; guards against a calendar that never opens. */
const CLOSED_DAYS_MAX = 30;

/**
 * The CAT trading day an event belongs to: it ends 15 minutes after the close (16:15:00, inclusive to the second), and
 * what comes later, or on a weekend or holiday, belongs to the next one.
 */
export function catTradingDay(eventNs: Ns, calendar: CatCalendar): string {
  const date = easternDate(eventNs);
  if (!calendar.isTradingDay(date)) return nextTradingDay(date, calendar);
  const cut = calendar.closeMinute(date) + submission.deadlines.tradingDayEndsMinutesAfterClose;
  const cutNs = nsFromEastern(date, cut);
  return cutNs !== null && eventNs > cutNs ? nextTradingDay(date, calendar) : date;
}

/** 8:00 a.m. Eastern on the trading day after `tradingDay`. */
export function catReportDueNs(tradingDay: string, calendar: CatCalendar): Ns {
  return dueNs(tradingDay, submission.deadlines.report, calendar);
}

/** 8:00 a.m. Eastern on the third trading day after `tradingDay`: repairs and corrections. */
export function catRepairDueNs(tradingDay: string, calendar: CatCalendar): Ns {
  return dueNs(tradingDay, submission.deadlines.repair, calendar);
}

function dueNs(day: string, rule: { businessDaysAfter: number; at: string }, calendar: CatCalendar): Ns {
  let date = day;
  for (let count = 0; count < rule.businessDaysAfter; count += 1) date = nextTradingDay(date, calendar);
  const atNs = nsFromEastern(date, Number(rule.at.slice(0, 2)) * 60 + Number(rule.at.slice(3, 5)));
  if (atNs === null) throw new RangeError(`not a date: ${date}`);
  return atNs;
}

function nextTradingDay(after: string, calendar: CatCalendar): string {
  let date = after;
  for (let days = 0; days < CLOSED_DAYS_MAX; days += 1) {
    date = nextDate(date);
    if (calendar.isTradingDay(date)) return date;
  }
  throw new RangeError(`no trading day within ${CLOSED_DAYS_MAX} days after ${after}`);
}

/** The day after, by way of its noon: no time change reaches noon. */
function nextDate(date: string): string {
  const noonNs = nsFromEastern(date, 12 * 60);
  if (noonNs === null) throw new RangeError(`not a date: ${date}`);
  return easternDate(noonNs + 24n * 3_600n * 1_000_000_000n);
}

/** Weekdays only, sessions to 16:00: for tests and for a day no calendar file covers. */
export const WEEKDAY_CALENDAR: CatCalendar = {
  isTradingDay(date) {
    const noonNs = nsFromEastern(date, 12 * 60);
    if (noonNs === null) return false;
    // 1 January 1970 was a Thursday; noon Eastern is the same day in UTC.
    const weekday = Number((noonNs / (24n * 3_600n * 1_000_000_000n) + 4n) % 7n);
    return weekday >= 1 && weekday <= 5;
  },
  closeMinute: () => 16 * 60,
};
