/** Why the rulebook gives no answer. Each is an `Issue`, for the same repair queue as any other fault of an event. */
import type { Issue } from '../issue.ts';
import { type Ns, rfc3339FromNs } from '../ns.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';

/** The event, or the window that follows from it, falls on a day the rulebook does not cover. */
export function outsideRulebook(rulebook: Rulebook, field: string, atNs: Ns): Issue {
  const span = `${rulebook.effectiveFrom} to ${rulebook.effectiveTo}`;
  return {
    code: 'OUTSIDE_RULEBOOK',
    field,
    value: rfc3339FromNs(atNs),
    message:
      field === 'dueAt'
        ? `The window would end outside rulebook ${rulebook.version}, which covers ${span}.`
        : `Rulebook ${rulebook.version} covers Eastern dates ${span} and has no answer for this one.`,
    action: 'Check the instant; if it is right, extend the rulebook to that date before this is decided.',
  };
}

export function eventTimeMissing(): Issue {
  return {
    code: 'EVENT_TIME_MISSING',
    field: 'eventAt',
    value: '',
    message: 'A cancel, reversal or correction has its deadline from when it happened, and that is missing.',
    action: 'Give the time at which the trade was cancelled or found to be wrong.',
  };
}

export function eventBeforeExecution(eventNs: Ns, executedNs: Ns): Issue {
  return {
    code: 'EVENT_BEFORE_EXECUTION',
    field: 'eventAt',
    value: rfc3339FromNs(eventNs),
    message: `It is before the execution at ${rfc3339FromNs(executedNs)}.`,
    action: 'Correct the time of the event or of the execution.',
  };
}
