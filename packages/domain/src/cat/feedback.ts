/**
 * Reads what CAT sends back (spec 7.2 and 7.3). JSON is read by name, so that fields added in later versions do no harm.
 * Every reader answers with a fault rather than throwing: a feedback file that cannot be read must reach a person.
 */
import { type LosslessJson, type LosslessObject, parseLossless } from './lossless-json.ts';

export interface MetaFeedback {
  readonly fileName: string;
  /** As CAT writes it: FILE_ACKNOWLEDGEMENT, FILE_INTEGRITY, INGESTION or LINKAGE. */
  readonly stage: string;
  readonly success: boolean;
  readonly severity: string | null;
  readonly codes: readonly number[];
  readonly errorFileName: string | null;
  readonly errorCount: number;
}

export interface ErrorRecord {
  /** Decimal text, up to 20 digits; null on a named error, which only the other party can repair. */
  readonly errorRoeId: string | null;
  readonly codes: readonly number[];
  /** The record as we sent it, or the raw line where CAT could not read it. */
  readonly record: string;
  /** Of that record; null where it cannot be read. */
  readonly firmRoeId: string | null;
}

export interface FeedbackFault {
  readonly fault: string;
}

/** One meta feedback record: acknowledgement, integrity, ingestion or linkage. */
export function parseMetaFeedback(text: string): MetaFeedback | FeedbackFault {
  const record = parseLossless(text.trim());
  if (record === null) return { fault: 'is not one JSON object' };
  const { fileName, stage, status } = record;
  if (typeof fileName !== 'string') return { fault: 'fileName is missing' };
  if (typeof stage !== 'string') return { fault: 'stage is missing' };
  if (status !== 'Success' && status !== 'Failure') return { fault: 'status is neither Success nor Failure' };
  const codes = codeList(record.code);
  if (codes === null) return { fault: 'code is not a list of numbers' };
  return {
    fileName,
    stage,
    success: status === 'Success',
    severity: textOf(record, 'severity'),
    codes,
    errorFileName: textOf(record, 'errorFileName'),
    errorCount: Number(numberText(record.errorCount) ?? 0),
  };
}

/**
 * The records of an ingestion or linkage error file, one JSON object per line. An unreadable line becomes a fault of its
 * own and does not hide the others.
 */
export function parseErrorRecords(text: string): {
  readonly records: readonly ErrorRecord[];
  readonly faults: readonly { readonly line: number; readonly fault: string }[];
} {
  const records: ErrorRecord[] = [];
  const faults: { line: number; fault: string }[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const record = parseErrorRecord(line);
    if ('fault' in record) faults.push({ line: index + 1, fault: record.fault });
    else records.push(record);
  }
  return { records, faults };
}

function parseErrorRecord(line: string): ErrorRecord | FeedbackFault {
  const object = parseLossless(line);
  if (object === null) return { fault: 'is not one JSON object' };
  const codes = codeList(object.errorCode);
  if (codes === null || codes.length === 0) return { fault: 'errorCode is missing' };
  const { errorRecord } = object;
  const record = typeof errorRecord === 'string' ? errorRecord : JSON.stringify(errorRecord ?? '');
  return {
    errorRoeId: numberText(object.errorROEID),
    codes,
    record,
    firmRoeId: textOf(parseLossless(record) ?? {}, 'firmROEID'),
  };
}

/** Absent means none; CAT writes a list, also of one. */
function codeList(value: LosslessJson | undefined): readonly number[] | null {
  if (value === undefined || value === null) return [];
  const items = Array.isArray(value) ? (value as readonly LosslessJson[]) : [value];
  const numbers = items.map(numberText);
  return numbers.includes(null) ? null : numbers.map(Number);
}

function numberText(value: LosslessJson | undefined): string | null {
  if (typeof value === 'string') return /^\d{1,20}$/.test(value) ? value : null;
  if (typeof value === 'object' && value !== null && 'number' in value) {
    const text = value.number;
    return typeof text === 'string' && /^\d{1,20}$/.test(text) ? text : null;
  }
  return null;
}

function textOf(object: LosslessObject, name: string): string | null {
  const value = object[name];
  return typeof value === 'string' && value !== '' ? value : null;
}
