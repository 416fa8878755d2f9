/** Reads a question from JSON as people and other programs write it; unknown keys are ignored. */
import { FACILITIES, SYMBOL_CLASSES } from '../facility.ts';
import type { Issue } from '../issue.ts';
import { type Ns, nsFromRfc3339 } from '../ns.ts';
import { CHANGES, type Change } from '../rulebook/rulebook.ts';
import {
  QUESTION_KINDS,
  QUESTION_REPORT_TYPES,
  QUESTION_TRADE_TYPES,
  type Question,
  ROLES,
  VENUES,
} from './question.ts';

/** As the asker wrote it, echoed so that answers can be matched; `null` when there was none. */
export type QuestionId = string | number | null;

/** A question, or everything that keeps the input from being one. */
export type ExplainInput =
  | { readonly id: QuestionId; readonly question: Question; readonly issues: readonly [] }
  | { readonly id: QuestionId; readonly question: null; readonly issues: readonly Issue[] };

/**
 * Keys: `id`, `kind`, `facility`, `symbolClass`, `executedAt`, and, where they apply, `reportedAt`,
 * `originalReportedAt`, `eventAt`, `changes`, `venue`, `role`, `ownershipChange`, `reportType`, `tradeType`,
 * `referenceAt`. Instants are RFC 3339 with `Z` or an offset; digits beyond the nanosecond are cut.
 */
export function questionFromJson(input: unknown): ExplainInput {
  const issues: Issue[] = [];
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return {
      id: null,
      question: null,
      issues: [issue('', input, 'This is not a JSON object.', 'Write { … }.')],
    };
  }
  const record = input as Readonly<Record<string, unknown>>;
  const rawId = record.id;
  const id = typeof rawId === 'string' || typeof rawId === 'number' ? rawId : null;
  const name = <Name extends string>(field: string, allowed: readonly Name[], byDefault?: Name) =>
    readName(record, field, allowed, byDefault, issues);
  const instant = (field: string, required: boolean) => readInstant(record, field, required, issues);
  const kind = name('kind', QUESTION_KINDS, 'new');
  const role = record.role == null ? null : name('role', ROLES);
  const undoes = kind === 'cancel' || kind === 'correct' || kind === 'reversal';
  const question: Question = {
    kind,
    facility: name('facility', FACILITIES),
    symbolClass: name('symbolClass', SYMBOL_CLASSES),
    executedNs: instant('executedAt', true) ?? 0n,
    venue: name('venue', VENUES, 'OTC'),
    ...(role === null ? {} : { role }),
    ownershipChange: readFlag(record, 'ownershipChange', true, issues),
    reportType: name('reportType', QUESTION_REPORT_TYPES, 'TAPE'),
    tradeType: name('tradeType', QUESTION_TRADE_TYPES, 'REGULAR'),
    referenceNs: instant('referenceAt', false),
    reportedNs: instant('reportedAt', false),
    originalReportedNs: instant('originalReportedAt', false),
    eventNs: instant('eventAt', undoes),
    changes: readChanges(record, issues),
  };
  return issues.length === 0 ? { id, question, issues: [] } : { id, question: null, issues };
}

type Fields = Readonly<Record<string, unknown>>;

function readName<Name extends string>(
  record: Fields,
  field: string,
  allowed: readonly Name[],
  byDefault: Name | undefined,
  issues: Issue[],
): Name {
  const value = record[field];
  if (value == null && byDefault !== undefined) return byDefault;
  const found = allowed.find((candidate) => candidate === value);
  if (found !== undefined) return found;
  issues.push(issue(field, value, 'It is none of the known names.', `Use one of ${allowed.join(', ')}.`));
  return allowed[0] as Name;
}

function readInstant(record: Fields, field: string, required: boolean, issues: Issue[]): Ns | null {
  const value = record[field];
  if (value == null && !required) return null;
  const ns = typeof value === 'string' ? nsFromRfc3339(value) : null;
  if (ns === null) {
    const action = 'Write a real instant as 2026-03-06T18:45:00.250-05:00, with Z or an offset.';
    issues.push(issue(field, value, value == null ? 'The instant is missing.' : 'No such instant.', action));
  }
  return ns;
}

function readFlag(record: Fields, field: string, byDefault: boolean, issues: Issue[]): boolean {
  const value = record[field];
  if (value == null) return byDefault;
  if (typeof value === 'boolean') return value;
  issues.push(issue(field, value, 'It is neither true nor false.', 'Write true or false.'));
  return byDefault;
}

function readChanges(record: Fields, issues: Issue[]): readonly Change[] {
  const value = record.changes;
  if (value == null) return [];
  if (Array.isArray(value) && value.every((change) => CHANGES.includes(change))) return value;
  issues.push(issue('changes', value, 'Not a list of known changes.', `List any of ${CHANGES.join(', ')}.`));
  return [];
}

function issue(field: string, value: unknown, message: string, action: string): Issue {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return { code: 'QUESTION_INVALID', field, value: text.slice(0, 200), message, action };
}
