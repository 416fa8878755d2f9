import {
  type DayKind,
  dateFromDayNumber,
  type EasternDate,
  type Rulebook,
  weekdayOf,
} from '@tapeclock/domain';
import type { CatCalendar } from '@tapeclock/domain/cat';

const SATURDAY = 6;
const CLOSE_MINUTE = 16 * 60;
const HALF_DAY_CLOSE_MINUTE = 13 * 60;

export interface TradingCalendar extends CatCalendar {
  /** A full business day; half days end too early to be shown in a demo. */
  isFullDay(dayNumber: number): boolean;
}

/** The exchanges' days by the rulebook's calendar of the ADF, which follows them. */
export function tradingCalendar({ calendar }: Pick<Rulebook, 'calendar'>): TradingCalendar {
  const dated = new Map<EasternDate, DayKind>();
  for (const rule of calendar) {
    if (rule.date !== null && rule.facilities.includes('ADF')) dated.set(rule.date, rule.kind);
  }
  const kindOf = (dayNumber: number): DayKind =>
    dated.get(dateFromDayNumber(dayNumber)) ?? (weekdayOf(dayNumber) < SATURDAY ? 'BUSINESS' : 'CLOSED');
  return {
    isFullDay: (dayNumber) => kindOf(dayNumber) === 'BUSINESS',
    isTradingDay: (date) => kindOf(dayNumberOf(date)) !== 'CLOSED',
    closeMinute: (date) => (kindOf(dayNumberOf(date)) === 'HALF' ? HALF_DAY_CLOSE_MINUTE : CLOSE_MINUTE),
  };
}

/** From `YYYYMMDD`. */
function dayNumberOf(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(4, 6)) - 1, Number(date.slice(6))) / 86_400_000;
}
