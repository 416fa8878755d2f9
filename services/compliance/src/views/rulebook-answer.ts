import {
  decide,
  explainAsJson,
  explainAsStory,
  type Issue,
  nsFromEastern,
  nsOfDayFromText,
  questionFromJson,
  type Rulebook,
  rfc3339FromNs,
} from '@tapeclock/domain';
import type { RulebookAnswer, RulebookQuestion } from '../api/contract.ts';

/** The decision for a question put by hand, or everything that keeps it from being answered. */
export function rulebookAnswer(
  rulebook: Rulebook,
  asked: RulebookQuestion,
): { readonly answer: RulebookAnswer } | { readonly issues: readonly Issue[] } {
  const { question, issues } = questionFromJson(withUtcInstants(asked));
  if (question === null) return { issues };
  const { decision, issue } = decide(rulebook, question);
  if (decision === null) return { issues: [issue] };
  const { id: _, modifiers, ...answer } = explainAsJson(null, question, decision);
  return {
    answer: {
      ...answer,
      modifiers: [...modifiers],
      ruleId: decision.ruleId,
      trace: [...decision.trace],
      story: explainAsStory(question, decision),
    },
  };
}

const EASTERN = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2})(:\d{2})?(?:\.(\d{1,9}))?$/;

/** An officer thinks in the clock on the wall in New York; what has a zone of its own is left as it is. */
function withUtcInstants(asked: RulebookQuestion): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(asked).map(([name, value]) => [name, name.endsWith('At') ? utcFromEastern(value) : value]),
  );
}

function utcFromEastern(text: string): string {
  const [, date = '', minute = '', second = ':00', fraction = ''] = EASTERN.exec(text) ?? [];
  const nsOfDay = nsOfDayFromText(minute + second);
  if (nsOfDay === null) return text;
  const ns = nsFromEastern(date, nsOfDay + BigInt(fraction.padEnd(9, '0')));
  return ns === null ? text : rfc3339FromNs(ns);
}
