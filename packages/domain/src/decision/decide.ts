/**
 * The decision: what must be reported, from when and by when, with which marks, under which clause. A pure
 * function of the question and a rulebook version; the trace names every entry that answered.
 */
import { type EasternDate, easternText } from '../calendar/eastern.ts';
import type { Ns } from '../ns.ts';
import { clauseFor, type Entry } from '../rulebook/entry.ts';
import type { Due, ReportAction, Rulebook } from '../rulebook/rulebook.ts';
import { tradeDate, tradeDayRule } from '../rulebook/trade-day.ts';
import { decideModifiers, type Marks, NO_MARKS } from './decide-modifiers.ts';
import { contraRule, undoActionRule, undoDeadlineRule } from './decide-undo.ts';
import type { DecisionResult } from './decision.ts';
import { findExemption } from './exempt.ts';
import { type Placed, placeInstant } from './place-instant.ts';
import type { Question } from './question.ts';
import { reckonWindow } from './reckon-window.ts';
import { eventBeforeExecution, eventTimeMissing, outsideRulebook } from './refusals.ts';
import { Trace } from './trace.ts';

/**
 * Decides one question. `issue` is set, and `decision` null, where the rulebook does not cover the event
 * (`OUTSIDE_RULEBOOK`) or an instant that the kind needs is missing or contradicts the execution.
 * Never throws for a well-typed question.
 */
export function decide(rulebook: Rulebook, question: Question): DecisionResult {
  const { facility, symbolClass, executedNs } = question;
  const date = tradeDate(rulebook, facility, executedNs);
  if (date < rulebook.effectiveFrom || date > rulebook.effectiveTo) {
    return refuse(outsideRulebook(rulebook, 'executedAt', executedNs));
  }
  const trace = new Trace(facility, `executed ${easternText(executedNs)}`);
  const exemption = findExemption(rulebook, question, date, trace);
  if (exemption !== null) return notReportable(rulebook, question, date, exemption, trace);
  const executed = placeInstant(rulebook, facility, symbolClass, executedNs);
  if (executed === null) return refuse(outsideRulebook(rulebook, 'executedAt', executedNs));
  const turn = tradeDayRule(rulebook, facility, executed.day.date);
  if (turn !== undefined) trace.note('Which trade date is it?', executed.day.date, turn);
  notePlace('executed', executed, trace);
  switch (question.kind) {
    case 'new':
      return decideNew(rulebook, question, executed, trace);
    case 'contra':
      return decideContra(rulebook, question, executed, trace);
    default:
      return decideUndo(rulebook, question, executed, trace);
  }
}

function decideNew(rulebook: Rulebook, question: Question, executed: Placed, trace: Trace): DecisionResult {
  const { band } = executed;
  const window = reckonWindow(rulebook, question, executed, band.rule, band.certainty, trace);
  if (window === null) return refuse(outsideRulebook(rulebook, 'dueAt', executed.atNs));
  const reportedNs = question.reportedNs ?? null;
  const late = reportedNs !== null && reportedNs > window.dueAtNs;
  const marks = decideModifiers(rulebook, question, executed.day.date, executed.session.session, late, trace);
  return reportable(rulebook, question, executed, window, band.rule, 'NEW', marks, trace);
}

function decideContra(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
  trace: Trace,
): DecisionResult {
  const rule = contraRule(rulebook, question.facility, executed);
  if (rule === undefined) return refuse(outsideRulebook(rulebook, 'executedAt', executed.atNs));
  trace.rest('When is it due?', rule.sentence, rule);
  const dueNs = 'after' in rule.due ? rule.due.ns : 0n;
  // The contra's time runs from the execution, whether or not the facility is open.
  const window = { opensAtNs: executed.atNs, dueAtNs: executed.atNs + dueNs };
  return reportable(rulebook, question, executed, window, rule, 'ACCEPT_OR_DECLINE', NO_MARKS, trace);
}

/** Cancel, reversal and correction: the window runs from the event, the marks from the execution. */
function decideUndo(rulebook: Rulebook, question: Question, executed: Placed, trace: Trace): DecisionResult {
  const { facility, symbolClass } = question;
  const eventNs = question.eventNs ?? null;
  if (eventNs === null) return refuse(eventTimeMissing());
  if (eventNs < executed.atNs) return refuse(eventBeforeExecution(eventNs, executed.atNs));
  const event = placeInstant(rulebook, facility, symbolClass, eventNs);
  if (event === null) return refuse(outsideRulebook(rulebook, 'eventAt', eventNs));
  notePlace(question.kind === 'correct' ? 'found wrong' : 'cancelled', event, trace);
  const rule = undoDeadlineRule(rulebook, question, executed, event);
  if (rule === undefined) return refuse(outsideRulebook(rulebook, 'eventAt', eventNs));
  const window = reckonWindow(rulebook, question, event, rule, rule.certainty, trace);
  if (window === null) return refuse(outsideRulebook(rulebook, 'dueAt', eventNs));
  const original = originalReport(rulebook, question, executed);
  if (original === null) return refuse(outsideRulebook(rulebook, 'originalReportedAt', executed.atNs));
  const action = undoActionRule(rulebook, question, executed, event, original.atNs, window.opensAtNs, trace);
  if (action === undefined) return refuse(outsideRulebook(rulebook, 'eventAt', eventNs));
  // An undo names the report and carries no marks of its own; a correction repeats the trade's, late mark included.
  const marks =
    question.kind === 'correct'
      ? correctionMarks(rulebook, question, executed, original.late, trace)
      : NO_MARKS;
  return reportable(rulebook, question, executed, window, rule, action, marks, trace);
}

/** When the original was accepted; where nobody says, by its own deadline. */
function originalReport(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
): { readonly atNs: Ns; readonly late: boolean } | null {
  const aside = new Trace(question.facility, '');
  const { band } = executed;
  const window = reckonWindow(rulebook, question, executed, band.rule, band.certainty, aside);
  if (window === null) return null;
  const atNs = question.originalReportedNs ?? window.dueAtNs;
  return { atNs, late: atNs > window.dueAtNs };
}

function correctionMarks(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
  late: boolean,
  trace: Trace,
): Marks {
  const marks = decideModifiers(rulebook, question, executed.day.date, executed.session.session, late, trace);
  const carried = late ? marks.lateModifiers : marks.modifiers;
  return { modifiers: carried, lateModifiers: carried };
}

function notePlace(what: string, placed: Placed, trace: Trace): void {
  const { calendar } = placed.day;
  trace.rest(`What day was it ${what}?`, `${calendar.name}, ${calendar.kind}`, calendar);
  if (placed.edge !== null) {
    trace.rest('Which side of the edge is this very instant?', placed.edge.belongsTo, placed.edge);
  }
  trace.rest(`Was it ${what} in normal market hours?`, placed.session.session, placed.session);
}

function reportable(
  rulebook: Rulebook,
  question: Question,
  executed: Placed,
  window: { readonly opensAtNs: Ns; readonly dueAtNs: Ns },
  rule: Entry & { readonly due: Due },
  action: ReportAction,
  marks: Marks,
  trace: Trace,
): DecisionResult {
  const reportedNs = question.kind === 'new' ? (question.reportedNs ?? window.dueAtNs) : window.dueAtNs;
  return {
    issue: null,
    decision: {
      rulebookVersion: rulebook.version,
      reportable: true,
      opensAtNs: window.opensAtNs,
      dueAtNs: window.dueAtNs,
      asOf: tradeDate(rulebook, question.facility, reportedNs) > executed.day.date,
      tradeDate: compactDate(executed.day.date),
      modifiers: marks.modifiers,
      lateModifiers: marks.lateModifiers,
      clause: clauseFor(rule, question.facility),
      certainty: trace.certainty,
      ruleId: rule.id,
      action,
      trace: trace.steps,
    },
  };
}

function notReportable(
  rulebook: Rulebook,
  question: Question,
  date: EasternDate,
  rule: Entry,
  trace: Trace,
): DecisionResult {
  return {
    issue: null,
    decision: {
      rulebookVersion: rulebook.version,
      reportable: false,
      opensAtNs: null,
      dueAtNs: null,
      asOf: false,
      tradeDate: compactDate(date),
      modifiers: [],
      lateModifiers: [],
      clause: clauseFor(rule, question.facility),
      certainty: trace.certainty,
      ruleId: rule.id,
      action: 'NONE',
      trace: trace.steps,
    },
  };
}

function refuse(issue: NonNullable<DecisionResult['issue']>): DecisionResult {
  return { decision: null, issue };
}

function compactDate(date: EasternDate): string {
  return date.slice(0, 4) + date.slice(5, 7) + date.slice(8, 10);
}
