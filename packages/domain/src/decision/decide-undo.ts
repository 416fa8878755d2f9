/** Which entries answer for a cancel, reversal, correction or the contra's answer. */
import { type EasternDate, easternText } from '../calendar/eastern.ts';
import type { Facility } from '../facility.ts';
import type { Ns } from '../ns.ts';
import { type Entry, inForce } from '../rulebook/entry.ts';
import type {
  ContraRule,
  ReportAction,
  Rulebook,
  UndoActionRule,
  UndoDeadlineRule,
} from '../rulebook/rulebook.ts';
import { tradeDate } from '../rulebook/trade-day.ts';
import type { Placed } from './place-instant.ts';
import type { Question } from './question.ts';
import type { Trace } from './trace.ts';

type FacilityEntry = Entry & { readonly facilities: readonly Facility[] };

export function contraRule(rulebook: Rulebook, facility: Facility, executed: Placed): ContraRule | undefined {
  return rulebook.contras.find(
    (rule) => holds(rule, facility, executed) && rule.executed.includes(executed.session.session),
  );
}

/** The rule in force when the trade was undone: that is the event whose window is asked for. */
export function undoDeadlineRule(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
  event: Placed,
): UndoDeadlineRule | undefined {
  const request = question.kind === 'correct' ? 'CORRECT' : 'UNDO';
  const eventDay = event.day.dayNumber > executed.day.dayNumber ? 'LATER' : 'SAME';
  return rulebook.undoDeadlines.find(
    (rule) =>
      rule.request === request &&
      rule.eventDay === eventDay &&
      holds(rule, question.facility, event) &&
      rule.executed.includes(executed.session.session) &&
      rule.event.includes(event.session.session),
  );
}

/**
 * Cancel or reversal, correct or replace. What counts is the day on which the request can first reach the
 * facility: cancelled after the closing, a report of today is one of an earlier day when it arrives.
 */
export function undoActionRule(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
  event: Placed,
  originalReportedNs: Ns,
  opensAtNs: Ns,
  trace: Trace,
): ReportAction | undefined {
  const request = question.kind === 'correct' ? 'CORRECT' : 'UNDO';
  const changes = request === 'UNDO' ? 'ANY' : correctable(rulebook, question, event, trace);
  const reportedOn = tradeDate(rulebook, question.facility, originalReportedNs);
  const arrivesOn = tradeDate(rulebook, question.facility, opensAtNs);
  const rule = rulebook.undoActions.find(
    (candidate) =>
      candidate.request === request &&
      holds(candidate, question.facility, event) &&
      candidate.reportDay === reportDay(candidate, reportedOn, executed, arrivesOn) &&
      (candidate.changes === 'ANY' || candidate.changes === changes),
  );
  if (rule === undefined) return undefined;
  trace.rest(
    'With which request?',
    `${rule.action}; original reported ${easternText(originalReportedNs)}`,
    rule,
  );
  return rule.action;
}

function reportDay(
  rule: UndoActionRule,
  reportedOn: EasternDate,
  executed: Placed,
  arrivesOn: EasternDate,
): 'SAME' | 'EARLIER' {
  const day = rule.dayOf === 'TRADE' ? executed.day.date : reportedOn;
  return day < arrivesOn ? 'EARLIER' : 'SAME';
}

function correctable(
  rulebook: Rulebook,
  question: Question,
  event: Placed,
  trace: Trace,
): 'CORRECTABLE' | 'NOT_CORRECTABLE' {
  let all = true;
  for (const change of question.changes ?? []) {
    const rule = rulebook.correctables.find(
      (candidate) => candidate.change === change && holds(candidate, question.facility, event),
    );
    if (rule === undefined) continue;
    trace.rest(`Can ${change} be corrected?`, rule.correctable ? 'Yes' : 'No', rule);
    all &&= rule.correctable;
  }
  return all ? 'CORRECTABLE' : 'NOT_CORRECTABLE';
}

function holds(rule: FacilityEntry, facility: Facility, at: Placed): boolean {
  return rule.facilities.includes(facility) && inForce(rule, at.day.date);
}
