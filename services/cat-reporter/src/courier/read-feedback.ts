/** Turns feedback files into events. A file that cannot be read becomes an event too: a person must see it. */
import type { Issue } from '@tapeclock/domain';
import {
  catIssue,
  type FeedbackName,
  parseErrorRecords,
  parseFeedbackName,
  parseFirmRoeId,
  parseMetaFeedback,
} from '@tapeclock/domain/cat';
import type { CatFeedbackReceived, CatRecordError } from '@tapeclock/schemas';
import type { Bzip2 } from '../bzip2.ts';
import type { CatTransport } from '../cat-transport.ts';
import { catMeta } from '../collector/event-meta.ts';

export interface FeedbackRules {
  readonly feedbackFolder: string;
  readonly key: string;
  readonly nowNs: bigint;
  /** Records in the data file, where it is one of ours. */
  recordCount(fileName: string): number | null;
  /** Whether a trade belongs to the partition in hand; linkage files speak of all of them. */
  owns(lineageId: string): boolean;
}

/** A day's rejects of a busy firm; more than this in one file is not held in memory. */
const FEEDBACK_BYTES_MAX = 256 * 1024 * 1024;

/**
 * Reads one feedback file, found under `name` among `names`. Null: not for us, or not complete yet (the error file of an
 * ingestion comes apart from its meta record, so it is looked at again later).
 */
export async function readFeedback(
  name: string,
  names: readonly string[],
  transport: CatTransport,
  bzip2: Bzip2,
  rules: FeedbackRules,
): Promise<CatFeedbackReceived | null> {
  const parsed = parseFeedbackName(name);
  // Error files of an ingestion are read together with the meta record that counts them.
  if (parsed === null || (parsed.stage === 'INGESTION' && parsed.kind === 'ERRORS')) return null;
  const read = (file: string): Promise<Uint8Array> =>
    transport.download(`${rules.feedbackFolder}/${file}`, FEEDBACK_BYTES_MAX);
  const readErrors = async (file: string) => {
    const bytes = await bzip2.decompress(await read(file), FEEDBACK_BYTES_MAX);
    return parseErrorRecords(new TextDecoder().decode(bytes));
  };

  if (parsed.kind === 'EMPTY') {
    const status = parsed.stage === 'LINKAGE' ? 'Success' : 'Failure';
    const issues =
      status === 'Success' ? [] : [unreadable('fileName', name, 'CAT could not read the file’s name')];
    return event(name, parsed, { status, issues }, rules);
  }
  if (parsed.kind === 'ERRORS') {
    const { records, faults } = await readErrors(name);
    const errors = records.filter(({ firmRoeId }) => {
      const subject = firmRoeId === null ? undefined : parseFirmRoeId(firmRoeId)?.subject;
      return subject !== undefined && rules.owns(subject);
    });
    return event(name, parsed, { status: 'Success', errors, issues: faults.map(lineFault) }, rules);
  }
  const meta = parseMetaFeedback(new TextDecoder().decode(await read(name)));
  if ('fault' in meta) {
    // The name says which stage; what it says of the file is lost. Shown, and nothing concluded from it.
    return event(name, parsed, { status: 'Unreadable', issues: [unreadable('', name, meta.fault)] }, rules);
  }
  const issues = meta.codes
    .filter((code) => code >= WARNINGS_BELOW)
    .map((code) => catIssue(code, 'fileName', meta.fileName));
  if (parsed.stage !== 'INGESTION' || meta.errorCount === 0) {
    return event(name, parsed, { status: meta.success ? 'Success' : 'Failure', issues }, rules);
  }
  const files = names.filter((other) => {
    const otherName = parseFeedbackName(other);
    return otherName?.kind === 'ERRORS' && otherName.stage === 'INGESTION' && otherName.base === parsed.base;
  });
  const parts = await Promise.all(files.map(readErrors));
  const errors = parts.flatMap(({ records }) => records);
  const faults = parts.flatMap((part) => part.faults);
  if (errors.length + faults.length < meta.errorCount) return null;
  return event(
    name,
    parsed,
    { status: meta.success ? 'Success' : 'Failure', errors, issues: [...issues, ...faults.map(lineFault)] },
    rules,
  );
}

/** Codes below are warnings: the record was taken. */
const WARNINGS_BELOW = 1000;

function event(
  name: string,
  parsed: FeedbackName,
  answer: { status: string; issues: readonly Issue[]; errors?: readonly CatRecordError[] },
  rules: FeedbackRules,
): CatFeedbackReceived {
  const fileName = parsed.base === null ? name : `${parsed.base}${parsed.isDelete ? '.DEL' : ''}.json.bz2`;
  const errors = (answer.errors ?? []).filter(({ codes }) => codes.some((code) => code >= WARNINGS_BELOW));
  const recordCount = rules.recordCount(fileName) ?? 0;
  return {
    meta: catMeta('CatFeedbackReceived', [name, rules.key], rules.key, rules.nowNs),
    fileName,
    feedbackFile: name,
    stage: parsed.stage,
    status: answer.status,
    acceptedCount:
      parsed.stage === 'INGESTION' && answer.status === 'Success'
        ? Math.max(0, recordCount - errors.length)
        : 0,
    rejectedCount: errors.length,
    issues: answer.issues,
    errors,
  };
}

function unreadable(field: string, value: string, message: string): Issue {
  return {
    code: 'CAT_FEEDBACK_UNREADABLE',
    field,
    value: value.slice(0, 200),
    message,
    action: 'read the file on the CAT side, and ask the CAT help desk',
  };
}

function lineFault({ line, fault }: { readonly line: number; readonly fault: string }): Issue {
  return unreadable(`line ${line}`, '', fault);
}
