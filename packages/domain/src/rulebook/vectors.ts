/**
 * Test vectors stand beside the rules, in Eastern time, so that whoever reviews a rule sees what it does and
 * whoever changes one sees what that changes. A vector states the expected answer; it is never generated
 * from the code that it tests.
 */
import { nsFromEastern, nsOfDayFromText } from '../calendar/eastern.ts';
import { decide } from '../decision/decide.ts';
import { explainAsJson } from '../decision/explain.ts';
import { questionFromJson } from '../decision/explain-input.ts';
import { type Ns, nsFromRfc3339, rfc3339FromNs } from '../ns.ts';
import { FieldReader } from './field-reader.ts';
import type { Rulebook } from './rulebook.ts';
import { RulebookError, type RulebookFault } from './rulebook-error.ts';

type JsonObject = Readonly<Record<string, unknown>>;

export interface Vector {
  readonly id: string;
  /** Why this is the expected answer, for a person. */
  readonly why: string;
  readonly file: string;
  /** A question as `questionFromJson` reads it, with Eastern wall times such as `2026-03-06 18:45:00`. */
  readonly given: JsonObject;
  /** Some keys of the answer, `ruleId`, `lateModifiers`, or `issue` (its code) where there is none. */
  readonly expect: JsonObject;
}

export interface VectorOutcome {
  readonly vector: Vector;
  /** One line per key that differs; empty when the vector holds. */
  readonly differences: readonly string[];
  /** Ids of the entries that answered. */
  readonly ruleIds: readonly string[];
}

/** Reads `vectors/*.json` out of the rulebook's files. Throws `RulebookError`. */
export function parseVectors(files: Readonly<Record<string, string>>): readonly Vector[] {
  const faults: RulebookFault[] = [];
  const vectors: Vector[] = [];
  const ids = new Set<string>();
  for (const file of Object.keys(files).sort()) {
    if (!file.startsWith('vectors/') || !file.endsWith('.json')) continue;
    const document = JSON.parse(files[file] ?? '') as { readonly vectors?: readonly unknown[] };
    for (const [index, value] of (document.vectors ?? []).entries()) {
      const from = new FieldReader(faults, file, `vectors[${index}]`, value);
      const vector = {
        id: from.text('id'),
        why: from.text('why'),
        file,
        given: from.raw('given') as JsonObject,
        expect: from.raw('expect') as JsonObject,
      };
      from.refuseUnknownKeys();
      if (ids.has(vector.id)) from.fault('id', vector.id, 'id is used twice', 'Give it an id of its own.');
      ids.add(vector.id);
      vectors.push(vector);
    }
  }
  if (faults.length > 0) throw new RulebookError(faults);
  return vectors;
}

/** Asks the rulebook the vector's question and compares. */
export function runVector(rulebook: Rulebook, vector: Vector): VectorOutcome {
  const { question, issues } = questionFromJson(withUtcInstants(vector.given));
  if (question === null) {
    return { vector, differences: issues.map((issue) => `${issue.field}: ${issue.message}`), ruleIds: [] };
  }
  const { decision, issue } = decide(rulebook, question);
  const answer: JsonObject =
    decision === null
      ? { issue: issue.code }
      : {
          ...explainAsJson(vector.id, question, decision),
          ruleId: decision.ruleId,
          tradeDate: decision.tradeDate,
          lateModifiers: decision.lateModifiers.map(({ field, code }) => `${field}:${code}`),
        };
  const expected = withUtcInstants(vector.expect);
  const differences: string[] = [];
  for (const key of Object.keys(expected)) {
    const want = JSON.stringify(expected[key]);
    const got = JSON.stringify(answer[key]) ?? 'nothing';
    if (want !== got) differences.push(`${key}: expected ${want}, got ${got}`);
  }
  return { vector, differences, ruleIds: decision?.trace.map((step) => step.ruleId) ?? [] };
}

const EASTERN = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?$/;

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
