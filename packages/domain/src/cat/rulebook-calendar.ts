import submission from '../../../../rulebook/cat/submission.json' with { type: 'json' };
import { dayNumberFromDate } from '../calendar/eastern.ts';
import { calendarRule } from '../rulebook/day-plan.ts';
import type { DayKind, Rulebook } from '../rulebook/rulebook.ts';
import type { CatCalendar } from './deadlines.ts';

/**
 * CAT's days by the rulebook's calendar. The exchanges' days are meant (spec: CAT Trading Day); the OTC Reporting
 * Facility keeps them. A date that no rule covers is no trading day.
 */
export function rulebookCatCalendar(rulebook: Rulebook): CatCalendar {
  const kindOf = (date: string): DayKind => {
    const dashed = `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}`;
    const dayNumber = dayNumberFromDate(dashed);
    const rule = dayNumber === null ? null : calendarRule(rulebook, 'ORF', dayNumber, dashed);
    return rule?.kind ?? 'CLOSED';
  };
  const closes = submission.deadlines.marketCloses;
  return {
    isTradingDay: (date) => kindOf(date) !== 'CLOSED',
    closeMinute(date) {
      const [hour = '', minute = ''] = (kindOf(date) === 'HALF' ? closes.HALF : closes.BUSINESS).split(':');
      return Number(hour) * 60 + Number(minute);
    },
  };
}
