/** A rehearsal: the same questions under two versions of the rules, and every answer that is not the same. */

import { decide } from '../decision/decide.ts';
import type { DecisionResult } from '../decision/decision.ts';
import type { Question } from '../decision/question.ts';
import { type Ns, rfc3339FromNs } from '../ns.ts';
import type { Rulebook } from '../rulebook/rulebook.ts';

/** What a decision says, as texts that can be compared and printed. Which entry said it is not part of that. */
export type Answer = Readonly<Record<AnswerField, string>>;
export const ANSWER_FIELDS = [
  'reportable',
  'opensAt',
  'dueAt',
  'asOf',
  'tradeDate',
  'modifiers',
  'lateModifiers',
  'clause',
  'certainty',
  'action',
] as const;
export type AnswerField = (typeof ANSWER_FIELDS)[number];

export interface DecisionChange {
  /** What was asked. */
  readonly question: Question;
  readonly fields: readonly AnswerField[];
  readonly before: Answer;
  readonly after: Answer;
  /** The entries that answered; the code of the issue where none did. */
  readonly ruleBefore: string;
  readonly ruleAfter: string;
}

export interface Rehearsal {
  readonly asked: number;
  readonly changes: readonly DecisionChange[];
}

export function rehearse(before: Rulebook, after: Rulebook, questions: readonly Question[]): Rehearsal {
  const changes: DecisionChange[] = [];
  for (const question of questions) {
    const change = compareDecisions(question, decide(before, question), decide(after, question));
    if (change !== null) changes.push(change);
  }
  return { asked: questions.length, changes };
}

/** `null` where both say the same. */
export function compareDecisions(
  question: Question,
  before: DecisionResult,
  after: DecisionResult,
): DecisionChange | null {
  const was = answerOf(before);
  const is = answerOf(after);
  const fields = ANSWER_FIELDS.filter((field) => was[field] !== is[field]);
  if (fields.length === 0) return null;
  return { question, fields, before: was, after: is, ruleBefore: ruleOf(before), ruleAfter: ruleOf(after) };
}

/** How many decisions changed under each clause; one whose clause changed counts as `old → new`. */
export function countByClause(changes: readonly DecisionChange[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { before, after } of changes) {
    const key = before.clause === after.clause ? after.clause : `${before.clause} → ${after.clause}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return new Map([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function answerOf({ decision, issue }: DecisionResult): Answer {
  if (decision === null) {
    const none = Object.fromEntries(ANSWER_FIELDS.map((field) => [field, '–'])) as Record<
      AnswerField,
      string
    >;
    return { ...none, reportable: issue.code };
  }
  const instant = (ns: Ns | null) => (ns === null ? '–' : rfc3339FromNs(ns));
  const marks = (list: typeof decision.modifiers) =>
    list.map(({ field, code }) => `${field}:${code}`).join(' ');
  return {
    reportable: String(decision.reportable),
    opensAt: instant(decision.opensAtNs),
    dueAt: instant(decision.dueAtNs),
    asOf: String(decision.asOf),
    tradeDate: decision.tradeDate,
    modifiers: marks(decision.modifiers),
    lateModifiers: marks(decision.lateModifiers),
    clause: decision.clause,
    certainty: decision.certainty,
    action: decision.action,
  };
}

function ruleOf({ decision, issue }: DecisionResult): string {
  return decision === null ? issue.code : decision.ruleId;
}
