/**
 * Identifiers. Every one is a pure function of what came in, so that a replayed input makes the same output
 * and every consumer can drop what it has seen. Brands keep one kind from standing in for another.
 */
import { hash } from 'node:crypto';

declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** One version of one execution: source, source's execution id, revision. */
export type ExecutionId = Branded<'ExecutionId'>;
/** The chain new → correct → cancel; the record key on every topic, so that its order holds in one partition. */
export type LineageId = Branded<'LineageId'>;
/** What the facility knows as TradeReportID (571), at most 20 characters. */
export type ReportId = Branded<'ReportId'>;
/** One event on the log. */
export type EventId = Branded<'EventId'>;

const SEPARATOR = '\u001f';

/** `source` and `sourceExecutionId` as the source sent them; `revision` counts 0, 1, 2 … within the lineage. */
export function executionId(source: string, sourceExecutionId: string, revision: number): ExecutionId {
  return `X${digest(24, source, sourceExecutionId, String(revision))}` as ExecutionId;
}

/** The lineage of a chain is named by its first execution. */
export function lineageId(source: string, rootSourceExecutionId: string): LineageId {
  return `L${digest(24, source, rootSourceExecutionId)}` as LineageId;
}

/** Deterministic TradeReportID: the same execution and purpose always ask for the same report. */
export function reportId(
  execution: ExecutionId,
  purpose: 'NEW' | 'CANCEL' | 'CORRECT' | 'REVERSAL',
): ReportId {
  return `${purpose.charAt(0)}${digest(19, execution, purpose)}` as ReportId;
}

/** Names an event by what it is about: the same cause always makes the same event id. */
export function eventId(type: string, ...causes: readonly string[]): EventId {
  return `E${digest(24, type, ...causes)}` as EventId;
}

/** Digest of content, to tell a harmless repeat from the same id with other content. */
export function contentHash(...parts: readonly string[]): string {
  return digest(32, ...parts);
}

/** Base-32 (Crockford, upper case) so that ids survive FIX, CSV, file names and being read aloud. */
function digest(length: number, ...parts: readonly string[]): string {
  const bytes = hash('sha256', parts.join(SEPARATOR), 'buffer');
  let text = '';
  for (let i = 0; text.length < length; i += 1) {
    text += ALPHABET.charAt((bytes[i % 32] ?? 0) & 31);
  }
  return text;
}
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
