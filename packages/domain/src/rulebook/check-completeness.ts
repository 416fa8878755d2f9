/**
 * A rulebook must answer every question exactly once on every day it covers: a gap would be a guess, an
 * overlap a matter of luck. Rules only change where a period begins, so one date of each period is enough.
 */
import { dateFromDayNumber, dayNumberFromDate, type EasternDate } from '../calendar/eastern.ts';
import { FACILITIES, type Facility } from '../facility.ts';
import { checkTiles } from './check-tiles.ts';
import { calendarRule, periodsOf, planDay } from './day-plan.ts';
import { type Entry, inForce } from './entry.ts';
import type { FaultList } from './fault-list.ts';
import type { Subject, Subjects } from './read-entries.ts';
import { CHANGES, DAY_KINDS, type Rulebook, SESSIONS } from './rulebook.ts';

const REQUESTS = ['UNDO', 'CORRECT'] as const;

export function checkCompleteness(rulebook: Rulebook, faults: FaultList): void {
  checkCalendar(rulebook, faults);
  checkTaken(rulebook, faults);
  for (const date of periodsOf(rulebook)) {
    for (const facility of FACILITIES) {
      const one: Expect = (what, subject, holds = () => true) => {
        const asked = rulebook[subject].filter(
          (rule) => concerns(rule, facility) && holds(rule as Subjects[typeof subject][number] as never),
        );
        const matching = asked.filter((rule) => inForce(rule, date));
        expectOne(faults, `${what} for ${facility} on ${date}`, date, matching, asked, rulebook[subject]);
      };
      checkSingleAnswers(rulebook, facility, date, one);
      const takes = rulebook.facilities.find(
        (rule) => rule.facility === facility && inForce(rule, date),
      )?.takes;
      for (const symbolClass of takes ?? []) {
        for (const kind of DAY_KINDS) {
          const plan = planDay(rulebook, facility, symbolClass, kind, date);
          checkTiles(faults, `${facility}, ${symbolClass}, a ${kind} day from ${date}`, plan);
        }
      }
    }
  }
}

/** Exactly one entry of a subject answers at this facility and date. */
type Expect = <Name extends Subject>(
  what: string,
  subject: Name,
  holds?: (rule: Subjects[Name][number]) => boolean,
) => void;

function concerns(rule: Entry, facility: Facility): boolean {
  if ('facilities' in rule) return (rule.facilities as readonly Facility[]).includes(facility);
  return !('facility' in rule) || rule.facility === facility;
}

function checkSingleAnswers(rulebook: Rulebook, facility: Facility, date: EasternDate, one: Expect): void {
  one('facility', 'facilities');
  one('duty to report', 'duties');
  one('beginning of the trade date', 'tradeDays');
  one('choice for the closing seconds', 'closings');
  for (const kind of ['BUSINESS', 'HALF'] as const) {
    one(`facility hours of a ${kind} day`, 'hours', (rule) => rule.days.includes(kind));
  }
  for (const reportType of ['TAPE', 'NON_TAPE', 'CLEARING_ONLY']) {
    one(`fields of a ${reportType} report`, 'reportTypes', (rule) => rule.reportType === reportType);
  }
  for (const change of CHANGES) {
    one(`whether ${change} can be corrected`, 'correctables', (rule) => rule.change === change);
  }
  for (const session of SESSIONS) {
    one(`contra's time, session ${session}`, 'contras', (rule) => rule.executed.includes(session));
    for (const late of [false, true]) {
      one(
        `field 3, session ${session}, late ${late}`,
        'hoursMarks',
        (rule) => rule.session === session && rule.late === late,
      );
    }
  }
  for (const request of REQUESTS) checkUndo(request, one);
  const held = <Rule extends Entry>(rules: readonly Rule[]) =>
    rules.filter((rule) => concerns(rule, facility) && inForce(rule, date));
  for (const tradeType of new Set(rulebook.modifiers.flatMap((rule) => rule.tradeTypes))) {
    one(`modifier of a ${tradeType} trade`, 'modifiers', (rule) => rule.tradeTypes.includes(tradeType));
  }
  for (const code of new Set(held(rulebook.rejectCodes).flatMap((rule) => rule.codes))) {
    one(`reject code ${code}`, 'rejectCodes', (rule) => rule.codes.includes(code));
  }
  for (const { code } of held(rulebook.hoursMarks)) {
    if (code === null) continue;
    one(`modifier 3:${code}`, 'modifiers', (rule) => rule.field === 3 && rule.code === code);
  }
  for (const { field, code } of held(rulebook.modifiers)) {
    one(`wire code of ${field}:${code}`, 'wires', (rule) => rule.field === field && rule.code === code);
  }
}

function checkUndo(request: (typeof REQUESTS)[number], one: Expect): void {
  for (const reportDay of ['SAME', 'EARLIER']) {
    for (const changes of request === 'UNDO' ? ['ANY'] : ['CORRECTABLE', 'NOT_CORRECTABLE']) {
      one(
        `action of ${request}, report of ${reportDay} day, changes ${changes}`,
        'undoActions',
        (rule) =>
          rule.request === request &&
          rule.reportDay === reportDay &&
          (rule.changes === 'ANY' || rule.changes === changes),
      );
    }
  }
  for (const executed of SESSIONS) {
    for (const event of SESSIONS) {
      for (const eventDay of ['SAME', 'LATER']) {
        one(
          `deadline of ${request}, executed ${executed}, event ${event} on ${eventDay} day`,
          'undoDeadlines',
          (rule) =>
            rule.request === request &&
            rule.eventDay === eventDay &&
            rule.executed.includes(executed) &&
            rule.event.includes(event),
        );
      }
    }
  }
}

/** A band for what a facility does not take would never answer: someone meant another facility or security. */
function checkTaken(rulebook: Rulebook, faults: FaultList): void {
  for (const rule of rulebook.deadlines) {
    for (const facility of rule.facilities) {
      const taken = rulebook.facilities
        .filter((one) => one.facility === facility)
        .flatMap(({ takes }) => takes);
      for (const symbolClass of rule.symbolClasses) {
        if (taken.includes(symbolClass)) continue;
        faults.atEntry(rule, 'symbolClasses', {
          value: `${symbolClass} at ${facility}`,
          message: 'the facility does not take this security',
          action: 'Leave it out, or let the facility take it in facilities.json.',
        });
      }
    }
  }
}

/** Every date has a calendar rule; no date has two rules of its own. */
function checkCalendar(rulebook: Rulebook, faults: FaultList): void {
  const first = dayNumberFromDate(rulebook.effectiveFrom) ?? 0;
  const last = dayNumberFromDate(rulebook.effectiveTo) ?? -1;
  for (const facility of FACILITIES) {
    const asked = rulebook.calendar.filter((rule) => concerns(rule, facility));
    for (let day = first; day <= last; day += 1) {
      const date = dateFromDayNumber(day);
      if (calendarRule(rulebook, facility, day, date) !== null) continue;
      expectOne(faults, `calendar for ${facility} on ${date}`, date, [], asked, rulebook.calendar);
    }
    const byDate = new Map<string, Entry>();
    for (const rule of asked) {
      if (rule.date === null) continue;
      const other = byDate.get(rule.date);
      if (other !== undefined) {
        expectOne(faults, `calendar for ${facility} on ${rule.date}`, rule.date, [other, rule], asked, asked);
      }
      byDate.set(rule.date, rule);
    }
  }
}

/** `asked` holds the entries of the question at any date, `all` those of the subject: where to point at a gap. */
function expectOne(
  faults: FaultList,
  what: string,
  date: EasternDate,
  matching: readonly Entry[],
  asked: readonly Entry[],
  all: readonly Entry[],
): void {
  if (matching.length === 1) return;
  const [, second] = matching;
  if (second !== undefined) {
    const ids = matching.map((rule) => rule.id).join(', ');
    faults.atEntry(second, 'effectiveFrom', {
      value: ids,
      message: `overlap: ${what}`,
      action: 'Let one end before the other begins, or remove one.',
    });
    return;
  }
  const complaint = {
    message: `gap: no ${what}`,
    action: 'Add an entry that holds then, or let this one hold.',
  };
  const ended = asked.findLast((rule) => rule.effectiveTo !== null && rule.effectiveTo < date);
  const coming = asked.find((rule) => rule.effectiveFrom > date);
  if (ended !== undefined) faults.atEntry(ended, 'effectiveTo', complaint);
  else if (coming !== undefined) faults.atEntry(coming, 'effectiveFrom', complaint);
  else if (all[0] !== undefined) faults.at(all[0].file, 'entries', complaint);
  else faults.at('rulebook.json', '', complaint);
}
