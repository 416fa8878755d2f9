/** From an instant and the rule that answers for it to the window: opens, due, and on what that rests. */
import { easternText, nsFromEasternDay } from '../calendar/eastern.ts';
import type { Ns } from '../ns.ts';
import type { FacilityDay } from '../rulebook/day-plan.ts';
import { type Certainty, type Entry, weakest } from '../rulebook/entry.ts';
import type { Due, Rulebook } from '../rulebook/rulebook.ts';
import { closingNs, nextBusinessDay, openingNs, type Placed } from './place-instant.ts';
import type { Question } from './question.ts';
import type { Trace } from './trace.ts';

export interface Window {
  readonly opensAtNs: Ns;
  readonly dueAtNs: Ns;
}

/**
 * `placed` is the instant the window runs from. Notes its steps in `trace`.
 * `null` where the window would end after the rulebook's last day.
 */
export function reckonWindow(
  rulebook: Rulebook,
  question: Question,
  placed: Placed,
  rule: Entry & { readonly due: Due },
  ruleCertainty: Certainty,
  trace: Trace,
): Window | null {
  const opening = findOpening(rulebook, question, placed);
  if (opening === null) return null;
  const { hours } = opening.day.plan;
  const hoursRest = weakest(opening.certainty, hours?.certainty ?? 'verified');
  if (hours !== null) {
    const answer = placed.open ? 'Open at that instant' : `Opens ${easternText(opening.atNs)}`;
    trace.note('When does the facility take it?', answer, hours, hoursRest);
    // Ten seconds from an execution do not depend on the exact hours, a wait for the opening does.
    if (!placed.open) trace.certainty = weakest(trace.certainty, hoursRest);
  }
  const due = reckonDue(rulebook, question, placed, rule, opening, trace);
  if (due === null) return null;
  trace.rest(
    'When is it due?',
    `${easternText(due.atNs)}: ${rule.sentence}`,
    rule,
    weakest(ruleCertainty, due.certainty),
  );
  return { opensAtNs: opening.atNs, dueAtNs: due.atNs };
}

interface Reckoned {
  readonly atNs: Ns;
  readonly day: FacilityDay;
  readonly certainty: Certainty;
}

/** The instant itself if the facility is open, otherwise its next opening. */
function findOpening(rulebook: Rulebook, question: Question, placed: Placed): Reckoned | null {
  const { day } = placed;
  if (placed.open) return { atNs: placed.atNs, day, certainty: 'verified' };
  const { hours } = day.plan;
  if (hours !== null && placed.nsOfDay < hours.opensNsOfDay) {
    return { atNs: openingNs(day) ?? placed.atNs, day, certainty: day.calendar.certainty };
  }
  const next = nextBusinessDay(rulebook, question.facility, question.symbolClass, day);
  if (next === null) return null;
  return {
    atNs: openingNs(next.day) ?? placed.atNs,
    day: next.day,
    certainty: weakest(day.calendar.certainty, next.certainty),
  };
}

function reckonDue(
  rulebook: Rulebook,
  question: Question,
  placed: Placed,
  rule: { readonly due: Due },
  opening: Reckoned,
  trace: Trace,
): { readonly atNs: Ns; readonly certainty: Certainty } | null {
  const { due } = rule;
  if ('byClose' in due) {
    const closing = closingNs(opening.day);
    if (closing === null) return null;
    return {
      atNs: closing - 1n,
      certainty: weakest(opening.certainty, opening.day.plan.hours?.closingCertainty ?? 'verified'),
    };
  }
  if ('after' in due && due.after === 'EVENT') {
    return { atNs: withinClosing(placed, placed.atNs + due.ns, question, trace), certainty: 'verified' };
  }
  const target = due.day === 'SAME' ? sameDay(placed) : nextDay(rulebook, question, placed);
  if (target === null) return null;
  if ('at' in due)
    return { atNs: nsFromEasternDay(target.day.dayNumber, due.at), certainty: target.certainty };
  const opens = openingNs(target.day);
  if (opens === null) return null;
  return {
    atNs: opens + due.ns,
    certainty: weakest(target.certainty, target.day.plan.hours?.certainty ?? 'verified'),
  };
}

function sameDay(placed: Placed): { readonly day: FacilityDay; readonly certainty: Certainty } {
  return { day: placed.day, certainty: placed.day.calendar.certainty };
}

function nextDay(rulebook: Rulebook, question: Question, placed: Placed) {
  return nextBusinessDay(rulebook, question.facility, question.symbolClass, placed.day);
}

/** A window that would end with the facility closed ends as the rulebook has chosen for the closing seconds. */
function withinClosing(placed: Placed, dueAtNs: Ns, question: Question, trace: Trace): Ns {
  const { closing } = placed.day.plan;
  const closesAtNs = closingNs(placed.day);
  // The contra's twenty minutes are the contra's, and not cut short by the closing.
  if (closing === null || closesAtNs === null || !placed.open || question.kind === 'contra') return dueAtNs;
  if (dueAtNs < closesAtNs) return dueAtNs;
  if (closing.choice === 'FULL_WINDOW') {
    trace.rest('What of the closing seconds?', 'The window runs on after the closing', closing);
    return dueAtNs;
  }
  trace.rest('What of the closing seconds?', 'Due by the last instant before the closing', closing);
  return closesAtNs - 1n;
}
