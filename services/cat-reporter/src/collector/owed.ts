/** What CAT must be told of one trade now, given what it was told before. Pure: asked as often as one likes. */
import {
  type CatRecord,
  deleteRecord,
  type FirmRoeId,
  meotRecord,
  renderRecord,
} from '@tapeclock/domain/cat';
import type { TradeReportable } from '@tapeclock/schemas';
import type { CatFile, CatTrade, FiledRecord } from './cat-state.ts';
import { meotInput } from './trade-facts.ts';

export interface Owed {
  readonly version: TradeReportable;
  readonly imid: string;
  readonly firmRoeId: FirmRoeId;
  /** One record, or a delete and the record anew where a correction moved the trade to another day. */
  readonly records: readonly CatRecord[];
  readonly body: string;
}

export interface OwedContext {
  readonly imids: Readonly<Record<string, string>>;
  readonly files: ReadonlyMap<string, CatFile>;
}

/** Null: nothing is owed, or not before CAT has answered about the last record. */
export function owed(trade: CatTrade, context: OwedContext): Owed | null {
  const told = whatToTell(trade);
  const version = told === null ? undefined : trade.versions.get(told.executionId);
  if (told === null || version === undefined) return null;
  const input = meotInput(
    {
      lineageId: trade.lineageId,
      version,
      reportId: told.reportId,
      cancelledNs: told.cancelledNs,
      repaired: trade.resubmitted?.fields ?? null,
    },
    context.imids,
  );
  if (input === null) return null;
  const first = meotRecord(input, { action: 'NEW' });
  const body = bodyOf(renderRecord(first));
  const answer = { version, imid: input.reporterImid, firmRoeId: input.firmRoeId, body };
  const { filed } = trade;
  const fate = filed === null ? ({ kind: 'NONE' } as const) : fateOf(trade, filed, context.files);
  switch (fate.kind) {
    case 'NONE':
      return { ...answer, records: [first] };
    case 'UNANSWERED':
      // CAT does not promise to take a correction after the record it corrects (spec 5.6).
      return null;
    case 'ERROR': {
      const again = (trade.resubmitted?.atNs ?? 0n) > fate.filed.intendedNs;
      if (fate.filed.body === body && !again) return null;
      if (fate.errorRoeId === null) return { ...answer, records: [first] };
      return { ...answer, records: [meotRecord(input, { action: 'RPR', errorRoeId: fate.errorRoeId })] };
    }
    case 'TAKEN':
      if (fate.filed.body === body) return null;
      if (fate.filed.firmRoeId === input.firmRoeId) {
        return { ...answer, records: [meotRecord(input, { action: 'COR' })] };
      }
      // The Eastern date is part of the id, so a trade that moved to another day is another record.
      return { ...answer, records: [deleteRecord(fate.filed.firmRoeId), first] };
  }
}

/**
 * The accepted report counts. A trade that the facility refused and that was then cancelled is told with cancelFlag: CAT
 * cannot learn of it from the facility. One that was accepted and then busted keeps its record as it is (CAT FAQ E25).
 */
function whatToTell(
  trade: CatTrade,
): { executionId: string; reportId: string; cancelledNs: bigint | null } | null {
  if (trade.accepted !== null) return { ...trade.accepted, cancelledNs: null };
  if (trade.rejected !== null && trade.cancelledNs !== null) {
    return { ...trade.rejected, cancelledNs: trade.cancelledNs };
  }
  return null;
}

/** After so many refused files an officer must look; each record is then in the repair queue. */
export const FAILED_FILES_MAX = 3;

type Fate =
  | { readonly kind: 'NONE' }
  | { readonly kind: 'UNANSWERED' }
  | { readonly kind: 'TAKEN'; readonly filed: FiledRecord }
  | { readonly kind: 'ERROR'; readonly filed: FiledRecord; readonly errorRoeId: string | null };

function fateOf(trade: CatTrade, filed: FiledRecord, files: ReadonlyMap<string, CatFile>): Fate {
  const file = files.get(filed.base);
  if (file === undefined || file.ingestion === 'OPEN') return { kind: 'UNANSWERED' };
  if (file.ingestion === 'FAILED') {
    // Nothing in the file was taken. Its records go again in another one, and a few times at most of our own accord.
    const giveUp = trade.failedFiles.size >= FAILED_FILES_MAX;
    return giveUp ? { kind: 'ERROR', filed, errorRoeId: null } : { kind: 'NONE' };
  }
  const error = file.errors.get(filed.firmRoeId);
  if (error !== undefined) return { kind: 'ERROR', filed, errorRoeId: error };
  const linkage = trade.linkageError;
  if (linkage !== null && linkage.atNs > filed.intendedNs) {
    return { kind: 'ERROR', filed, errorRoeId: linkage.errorRoeId };
  }
  return { kind: 'TAKEN', filed };
}

/** A line without its action and error id. */
export function bodyOf(line: string): string {
  return line.replace(/^\{"actionType":"[A-Z]{3}",(?:"errorROEID":\d+,)?/, '{');
}
