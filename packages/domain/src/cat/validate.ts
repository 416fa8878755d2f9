/**
 * Says what CAT would answer to a record, before it is sent: field by field from the dictionary, then the rules that
 * join fields. A record with issues is never put into a file.
 */
import type { Issue } from '../issue.ts';
import type { Ns } from '../ns.ts';
import type { CatField } from './dictionary.ts';
import { easternDate, nsFromCatTimestamp } from './eastern-time.ts';
import { catIssue } from './fault.ts';
import { parseFirmRoeId } from './firm-roe-id.ts';
import {
  type CatObject,
  type CatRecord,
  type CatValue,
  fieldsOf,
  isCatNumber,
  renderRecord,
} from './record.ts';
import { tradeIssues } from './validate-trade.ts';
import { valueFault } from './validate-type.ts';

export interface ValidationContext {
  /** IMID in the file's name: every record must be of that reporter. */
  readonly reporterImid: string;
  readonly nowNs: Ns;
}

const LINE_BYTES_MAX = 8190;

/** Every issue, in field order; empty means CAT's ingestion has no ground to refuse the record. */
export function validateRecord(record: CatRecord, context: ValidationContext): readonly Issue[] {
  const fields = fieldsOf(record);
  if (fields === null) return [catIssue(2105, 'type', record.type)];
  const issues = objectIssues(record, fields, '');
  if (record.actionType === 'DEL') return [...issues, ...deleteIssues(record)];
  issues.push(...headerIssues(record, context), ...tradeIssues(record));
  if (issues.length === 0 && Buffer.byteLength(renderRecord(record)) > LINE_BYTES_MAX) {
    issues.push(catIssue(2132, '', undefined));
  }
  return issues;
}

function objectIssues(object: CatObject, fields: readonly CatField[], path: string): Issue[] {
  const issues: Issue[] = [];
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(object)) {
    if (object[name] !== undefined && !known.has(name))
      issues.push(catIssue(2133, path + name, object[name]));
  }
  for (const field of fields) {
    const value = object[field.name];
    const name = path + field.name;
    if (value === undefined) {
      if (field.required === 'R') issues.push(catIssue(field.errorCode ?? 2134, name, undefined));
      continue;
    }
    const code = valueFault(field, value);
    if (code !== null) issues.push(catIssue(code, name, value));
    if (field.elements === undefined || !Array.isArray(value)) continue;
    if (value.length > (field.elementsMax ?? 1))
      issues.push(catIssue(field.elementsErrorCode ?? 2134, name, value));
    for (const element of value) issues.push(...objectIssues(element, field.elements, `${name}.`));
  }
  return issues;
}

/** A delete names the record by exactly one of its two ids. */
function deleteIssues(record: CatRecord): Issue[] {
  const ids = [record.errorROEID, record.firmROEID].filter((id) => id !== undefined);
  return ids.length === 1 ? [] : [catIssue(2026, 'errorROEID', record.errorROEID)];
}

/** What holds for every event. */
function headerIssues(record: CatRecord, context: ValidationContext): Issue[] {
  const issues: Issue[] = [];
  const { actionType, errorROEID, firmROEID, CATReporterIMID, eventTimestamp } = record;
  if ((actionType === 'RPR') !== (errorROEID !== undefined))
    issues.push(catIssue(2026, 'errorROEID', errorROEID));
  if (CATReporterIMID !== undefined && CATReporterIMID !== context.reporterImid) {
    issues.push(catIssue(2011, 'CATReporterIMID', CATReporterIMID));
  }
  const eventNs = timestampNs(eventTimestamp);
  if (eventNs !== null) {
    if (eventNs > context.nowNs) issues.push(catIssue(2139, 'eventTimestamp', eventTimestamp));
    const id = typeof firmROEID === 'string' ? parseFirmRoeId(firmROEID) : null;
    if (id === null) issues.push(catIssue(2032, 'firmROEID', firmROEID));
    else if (id.date !== easternDate(eventNs)) issues.push(catIssue(2033, 'firmROEID', firmROEID));
  }
  // A manual event may be told to the second; anything electronic needs milliseconds (FINRA Rule 6860).
  if (
    record.manualFlag === false &&
    typeof eventTimestamp === 'string' &&
    !/\.\d{3,}$/.test(eventTimestamp)
  ) {
    issues.push(catIssue(2027, 'eventTimestamp', eventTimestamp));
  }
  if (record.electronicTimestamp !== undefined && record.manualFlag !== true) {
    issues.push(catIssue(2144, 'electronicTimestamp', record.electronicTimestamp));
  }
  if (
    record.cancelFlag !== undefined &&
    (record.cancelFlag === true) !== (record.cancelTimestamp !== undefined)
  ) {
    issues.push(catIssue(2014, 'cancelTimestamp', record.cancelTimestamp));
  }
  return issues;
}

function timestampNs(value: CatValue | undefined): Ns | null {
  if (typeof value === 'string') return nsFromCatTimestamp(value, false);
  return isCatNumber(value) ? nsFromCatTimestamp(value.number, true) : null;
}
