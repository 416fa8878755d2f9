/** Asks a rulebook what a vector asks and compares the answer. */
import { easternText, nsFromEastern, nsOfDayFromText } from '../calendar/eastern.ts';
import { decide } from '../decision/decide.ts';
import { explainAsJson } from '../decision/explain.ts';
import { questionFromJson } from '../decision/explain-input.ts';
import { FACILITIES } from '../facility.ts';
import { type Ns, nsFromRfc3339, rfc3339FromNs } from '../ns.ts';
import { clauseFor, inForce } from './entry.ts';
import { rejectCode } from './reject-codes.ts';
import type { Rulebook } from './rulebook.ts';
import type { JsonObject, Vector } from './vectors.ts';
import { wireModifiers } from './wire-modifiers.ts';

export interface VectorOutcome {
  readonly vector: Vector;
  /** One line per key that differs; empty when the vector holds. */
  readonly differences: readonly string[];
  /** Ids of the entries that answered. */
  readonly ruleIds: readonly string[];
}

interface Answered {
  readonly answer: JsonObject;
  readonly ruleIds: readonly string[];
}

export function runVector(rulebook: Rulebook, vector: Vector): VectorOutcome {
  const { given } = vector;
  const looksUp = ['modifier', 'rejectCode', 'fieldsOf'].some((key) => given[key] !== undefined);
  const answered = looksUp ? lookUp(rulebook, given) : ask(rulebook, vector);
  if (typeof answered === 'string') return { vector, differences: [answered], ruleIds: [] };
  const expected = withUtcInstants(vector.expect);
  const differences: string[] = [];
  for (const key of Object.keys(expected)) {
    const want = JSON.stringify(expected[key]);
    const answer = answered.answer[key];
    const got = JSON.stringify(key === 'steps' ? named(answer, expected[key]) : answer) ?? 'nothing';
    if (want !== got) differences.push(`${key}: expected ${want}, got ${got}`);
  }
  if (Object.keys(expected).length === 0) differences.push('nothing is expected of it');
  return { vector, differences, ruleIds: answered.ruleIds };
}

/** Those steps of an answer that the vector names, in its order. */
function named(steps: unknown, wanted: unknown): JsonObject {
  const all = steps as JsonObject | undefined;
  return Object.fromEntries(Object.keys(wanted as JsonObject).map((id) => [id, all?.[id] ?? 'no such step']));
}

/** The decision, or a text that says why the vector asks nothing. */
function ask(rulebook: Rulebook, { given, expect }: Vector): Answered | string {
  const { id, question, issues } = questionFromJson(withEasternTimes(given));
  if (question === null) {
    const fields = issues.map(({ field }) => field).sort();
    return expect.refused === undefined
      ? `the question is refused for ${fields}`
      : { answer: { refused: fields }, ruleIds: [] };
  }
  const { decision, issue } = decide(rulebook, question);
  if (decision === null) return { answer: { issue: issue.code }, ruleIds: [] };
  const steps = decision.trace.map(({ ruleId, clause, certainty }) => [ruleId, `${clause}, ${certainty}`]);
  return {
    answer: {
      ...explainAsJson(id, question, decision),
      steps: Object.fromEntries(steps),
      dueEastern: decision.dueAtNs === null ? null : easternText(decision.dueAtNs),
      ruleId: decision.ruleId,
      tradeDate: decision.tradeDate,
      lateModifiers: decision.lateModifiers.map(({ field, code }) => `${field}:${code}`),
    },
    ruleIds: decision.trace.map((step) => step.ruleId),
  };
}

/** What stands in a table and answers no question of its own: wire codes, reject codes, fields of a report type. */
function lookUp(rulebook: Rulebook, given: JsonObject): Answered | string {
  const facility = FACILITIES.find((name) => name === given.facility);
  const atNs = nsFromEastern(String(given.on), 12n * 3_600_000_000_000n);
  if (facility === undefined || atNs === null) return 'a look-up needs a facility and a date, "on"';
  const on = String(given.on);
  if (given.modifier !== undefined) {
    const [field = '', code = ''] = String(given.modifier).split(':');
    const [wire] = wireModifiers(rulebook, facility, [{ field: Number(field), code }], atNs).modifiers;
    const letter = rulebook.modifiers.find(
      (rule) => rule.field === Number(field) && rule.code === code && inForce(rule, on),
    );
    if (wire === undefined || letter === undefined) return `no wire code of ${given.modifier} at ${facility}`;
    return {
      answer: {
        wire: wire.wire,
        meaning: letter.meaning,
        certainty: wire.certainty,
        ruleId: wire.ruleId,
        clause: clauseFor(rulebook.wires.find(({ id }) => id === wire.ruleId) ?? letter, facility),
        letter: letter.certainty,
        letterClause: clauseFor(letter, facility),
        secondTime: letter.needsReferenceTime,
      },
      ruleIds: [wire.ruleId, letter.id],
    };
  }
  if (given.rejectCode !== undefined) {
    const rule = rejectCode(rulebook, facility, String(given.rejectCode));
    if (rule === null) return { answer: { retry: null }, ruleIds: [] };
    return {
      answer: {
        retry: rule.retry,
        certainty: rule.certainty,
        clause: clauseFor(rule, facility),
        ruleId: rule.id,
      },
      ruleIds: [rule.id],
    };
  }
  const fields = rulebook.reportTypes.find(
    (rule) => rule.reportType === given.fieldsOf && rule.facilities.includes(facility) && inForce(rule, on),
  );
  if (fields === undefined) return `no fields of ${given.fieldsOf} at ${facility}`;
  return {
    answer: { fields: fields.fields, certainty: fields.certainty, ruleId: fields.id },
    ruleIds: [fields.id],
  };
}

const EASTERN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/;

/** An Eastern wall time made an instant; one with an offset stays as it is written, for its digits are tried too. */
function withEasternTimes(record: JsonObject): JsonObject {
  const entries = Object.entries(record).map(([key, value]) => {
    const ns = key.endsWith('At') && typeof value === 'string' ? nsFromEasternText(value) : null;
    return [key, ns === null ? value : rfc3339FromNs(ns)];
  });
  return Object.fromEntries(entries) as JsonObject;
}

/** `2026-03-06 18:45:00.5` on the wall in New York; anything else is left for others to judge. */
function withUtcInstants(record: JsonObject): JsonObject {
  const entries = Object.entries(record).map(([key, value]) => {
    if (!key.endsWith('At') || typeof value !== 'string') return [key, value];
    const ns = nsFromEasternText(value) ?? nsFromRfc3339(value);
    return [key, ns === null ? value : rfc3339FromNs(ns)];
  });
  return Object.fromEntries(entries) as JsonObject;
}

function nsFromEasternText(text: string): Ns | null {
  const match = EASTERN.exec(text);
  if (match === null) return null;
  const [, date = '', clock = '', fraction = ''] = match;
  const nsOfDay = nsOfDayFromText(clock);
  return nsOfDay === null ? null : nsFromEastern(date, nsOfDay + BigInt(fraction.padEnd(9, '0')));
}
