/** Whether this party must send this event to this facility at all. */
import type { EasternDate } from '../calendar/eastern.ts';
import { type Entry, inForce } from '../rulebook/entry.ts';
import type { ExemptionRule, Rulebook } from '../rulebook/rulebook.ts';
import type { Question } from './question.ts';
import type { Trace } from './trace.ts';

/** The entry that says no, or `null` where there is a duty; either way the trace says which entry answered. */
export function findExemption(
  rulebook: Rulebook,
  question: Question,
  date: EasternDate,
  trace: Trace,
): Entry | null {
  const { facility, symbolClass } = question;
  const facilityRule = rulebook.facilities.find((rule) => rule.facility === facility && inForce(rule, date));
  if (facilityRule !== undefined && !facilityRule.takes.includes(symbolClass)) {
    trace.rest('Does the facility take the security?', `No: ${facilityRule.sentence}`, facilityRule);
    return facilityRule;
  }
  const exemption = rulebook.exemptions.find(
    (rule) => rule.facilities.includes(facility) && inForce(rule, date) && applies(rule, question),
  );
  if (exemption !== undefined) {
    trace.rest(exemption.question, `Yes: ${exemption.sentence}`, exemption);
    return exemption;
  }
  if (facilityRule !== undefined) {
    trace.rest('Does the facility take the security?', `Yes: ${symbolClass}`, facilityRule);
  }
  const duty = rulebook.duties.find((rule) => rule.facilities.includes(facility) && inForce(rule, date));
  if (duty !== undefined) trace.rest('Must this party report it?', 'Yes, no exemption applies', duty);
  return null;
}

function applies(rule: ExemptionRule, question: Question): boolean {
  for (const key in rule.when) {
    if (!rule.when[key]?.includes(answerTo(question, key))) return false;
  }
  return true;
}

function answerTo(question: Question, key: string): string | boolean {
  switch (key) {
    case 'kind':
      return question.kind;
    case 'venue':
      return question.venue ?? 'OTC';
    case 'role':
      return question.role ?? (question.kind === 'contra' ? 'NON_EXECUTING_PARTY' : 'EXECUTING_PARTY');
    case 'ownershipChange':
      return question.ownershipChange ?? true;
    default:
      return question.reportType ?? 'TAPE';
  }
}
