/**
 * A rulebook must answer every question exactly once on every day it covers: a gap would be a guess, an
 * overlap a matter of luck. Rules only change where a period begins, so one date of each period is enough.
 */
import {
  dateFromDayNumber,
  dayNumberFromDate,
  type EasternDate,
  timeOfDayText,
} from '../calendar/eastern.ts';
import { FACILITIES, type Facility, type SymbolClass } from '../facility.ts';
import { NS_PER_DAY, type Ns } from '../ns.ts';
import { calendarRule, periodsOf, planDay } from './day-plan.ts';
import { type Entry, inForce } from './entry.ts';
import { CHANGES, DAY_KINDS, type Rulebook, SESSIONS } from './rulebook.ts';
import type { RulebookFault } from './rulebook-error.ts';

const REQUESTS = ['UNDO', 'CORRECT'] as const;

export function checkCompleteness(rulebook: Rulebook, faults: RulebookFault[]): void {
  checkCalendar(rulebook, faults);
  for (const date of periodsOf(rulebook)) {
    for (const facility of FACILITIES) {
      const rules = rulesAt(rulebook, facility, date);
      const one = (subject: string, matching: readonly Entry[]) =>
        expectOne(faults, subject, `${facility} on ${date}`, matching);
      checkSingleAnswers(rules, one);
      const takes = rulebook.facilities.find(
        (rule) => rule.facility === facility && inForce(rule, date),
      )?.takes;
      for (const symbolClass of takes ?? []) {
        checkDays(rulebook, facility, symbolClass, date, faults);
      }
    }
  }
}

type Expect = (subject: string, matching: readonly Entry[]) => void;

function checkSingleAnswers(rules: ReturnType<typeof rulesAt>, one: Expect): void {
  one('facility', rules.facilities);
  one('duty to report', rules.duties);
  one('choice for the closing seconds', rules.closings);
  for (const kind of ['BUSINESS', 'HALF'] as const) {
    one(
      `facility hours of a ${kind} day`,
      rules.hours.filter((rule) => rule.days.includes(kind)),
    );
  }
  for (const reportType of ['TAPE', 'NON_TAPE', 'CLEARING_ONLY']) {
    one(
      `fields of a ${reportType} report`,
      rules.reportTypes.filter((rule) => rule.reportType === reportType),
    );
  }
  for (const change of CHANGES) {
    one(
      `whether ${change} can be corrected`,
      rules.correctables.filter((rule) => rule.change === change),
    );
  }
  for (const session of SESSIONS) {
    one(
      `contra's time, session ${session}`,
      rules.contras.filter((rule) => rule.executed.includes(session)),
    );
    for (const late of [false, true]) {
      one(
        `field 3, session ${session}, late ${late}`,
        rules.hoursMarks.filter((rule) => rule.session === session && rule.late === late),
      );
    }
  }
  for (const request of REQUESTS) checkUndo(rules, request, one);
  for (const mark of rules.hoursMarks) {
    if (mark.code === null) continue;
    one(
      `modifier 3:${mark.code}`,
      rules.modifiers.filter((rule) => rule.field === 3 && rule.code === mark.code),
    );
  }
  for (const modifier of rules.modifiers) {
    one(
      `wire code of ${modifier.field}:${modifier.code}`,
      rules.wires.filter((rule) => rule.field === modifier.field && rule.code === modifier.code),
    );
  }
}

function checkUndo(rules: ReturnType<typeof rulesAt>, request: (typeof REQUESTS)[number], one: Expect): void {
  for (const reportDay of ['SAME', 'EARLIER']) {
    for (const changes of request === 'UNDO' ? ['ANY'] : ['CORRECTABLE', 'NOT_CORRECTABLE']) {
      one(
        `action of ${request}, report of ${reportDay} day, changes ${changes}`,
        rules.undoActions.filter(
          (rule) =>
            rule.request === request &&
            rule.reportDay === reportDay &&
            (rule.changes === 'ANY' || rule.changes === changes),
        ),
      );
    }
  }
  for (const executed of SESSIONS) {
    for (const event of SESSIONS) {
      for (const eventDay of ['SAME', 'LATER']) {
        one(
          `deadline of ${request}, executed ${executed}, event ${event} on ${eventDay} day`,
          rules.undoDeadlines.filter(
            (rule) =>
              rule.request === request &&
              rule.eventDay === eventDay &&
              rule.executed.includes(executed) &&
              rule.event.includes(event),
          ),
        );
      }
    }
  }
}

/** Deadline bands and sessions must tile each kind of day from midnight to midnight. */
function checkDays(
  rulebook: Rulebook,
  facility: Facility,
  symbolClass: SymbolClass,
  date: EasternDate,
  faults: RulebookFault[],
): void {
  for (const kind of DAY_KINDS) {
    const plan = planDay(rulebook, facility, symbolClass, kind, date);
    const day = `${facility}, ${symbolClass}, a ${kind} day from ${date}`;
    checkTiles(faults, `deadlines of ${day}`, plan.bands);
    checkTiles(
      faults,
      `sessions of ${day}`,
      plan.sessions.map((rule) => ({ fromNsOfDay: rule.fromNsOfDay, toNsOfDay: rule.toNsOfDay, rule })),
    );
  }
}

interface Tile {
  readonly fromNsOfDay: Ns;
  readonly toNsOfDay: Ns;
  readonly rule: Entry;
}

function checkTiles(faults: RulebookFault[], what: string, tiles: readonly Tile[]): void {
  let reached = 0n;
  let last: Entry | null = null;
  for (const tile of tiles) {
    const { fromNsOfDay: from, toNsOfDay: to, rule } = tile;
    if (from > reached) faults.push(gap(rule.file, what, reached, from));
    if (from < reached || from >= to) {
      faults.push({
        file: rule.file,
        path: rule.id,
        value: `${clock(from)}–${clock(to)}`,
        message: `overlap in the ${what}${last === null ? '' : ` with ${last.id}`}`,
        action: 'Let each band begin where the one before it ends.',
      });
    }
    reached = to;
    last = rule;
  }
  if (reached < NS_PER_DAY) faults.push(gap(last?.file ?? 'deadlines', what, reached, NS_PER_DAY));
}

function gap(file: string, what: string, from: Ns, to: Ns): RulebookFault {
  return {
    file,
    path: '',
    value: `${clock(from)}–${clock(to)}`,
    message: `gap in the ${what}`,
    action: 'Add a band for this time or extend a neighbour.',
  };
}

function clock(nsOfDay: Ns): string {
  return timeOfDayText(nsOfDay).slice(0, 8);
}

/** Every date has a calendar rule; no date has two rules of its own. */
function checkCalendar(rulebook: Rulebook, faults: RulebookFault[]): void {
  const first = dayNumberFromDate(rulebook.effectiveFrom) ?? 0;
  const last = dayNumberFromDate(rulebook.effectiveTo) ?? -1;
  for (const facility of FACILITIES) {
    for (let day = first; day <= last; day += 1) {
      const date = dateFromDayNumber(day);
      if (calendarRule(rulebook, facility, day, date) === null) {
        expectOne(faults, 'calendar', `${facility} on ${date}`, []);
      }
    }
    const byDate = new Map<string, Entry>();
    for (const rule of rulebook.calendar) {
      if (rule.date === null || !rule.facilities.includes(facility)) continue;
      const other = byDate.get(rule.date);
      if (other !== undefined) expectOne(faults, 'calendar', `${facility} on ${rule.date}`, [other, rule]);
      byDate.set(rule.date, rule);
    }
  }
}

function expectOne(
  faults: RulebookFault[],
  subject: string,
  where: string,
  matching: readonly Entry[],
): void {
  if (matching.length === 1) return;
  const ids = matching.map((rule) => rule.id).join(', ');
  faults.push({
    file: matching[1]?.file ?? 'rulebook',
    path: matching[1]?.id ?? '',
    value: ids,
    message: matching.length === 0 ? `gap: no ${subject} for ${where}` : `overlap: ${subject} for ${where}`,
    action:
      matching.length === 0
        ? 'Add an entry that holds then.'
        : 'Let one end before the other begins, or remove one.',
  });
}

function rulesAt(rulebook: Rulebook, facility: Facility, date: EasternDate) {
  const here = <Rule extends Entry & { readonly facilities: readonly Facility[] }>(rules: readonly Rule[]) =>
    rules.filter((rule) => rule.facilities.includes(facility) && inForce(rule, date));
  return {
    facilities: rulebook.facilities.filter((rule) => rule.facility === facility && inForce(rule, date)),
    duties: here(rulebook.duties),
    closings: here(rulebook.closings),
    hours: here(rulebook.hours),
    reportTypes: here(rulebook.reportTypes),
    correctables: here(rulebook.correctables),
    contras: here(rulebook.contras),
    hoursMarks: here(rulebook.hoursMarks),
    undoActions: here(rulebook.undoActions),
    undoDeadlines: here(rulebook.undoDeadlines),
    wires: here(rulebook.wires),
    modifiers: rulebook.modifiers.filter((rule) => inForce(rule, date)),
  };
}
