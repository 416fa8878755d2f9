/**
 * What the collector knows, per partition. Only facts are kept, each by its own key, and what is owed to CAT is worked
 * out from them (`owed.ts`): so it matters little in which order topics are read back after a crash. One order is
 * needed: the files that were made are read back first, for answers speak of files.
 */

import type { Ns } from '@tapeclock/domain';
import type { FirmRoeId } from '@tapeclock/domain/cat';
import type { DeskActed, TradeReportable } from '@tapeclock/schemas';

export interface CatState {
  readonly partition: number;
  readonly trades: Map<string, CatTrade>;
  /** By base name. */
  readonly files: Map<string, CatFile>;
  /** Highest file number used, by IMID and generation date. */
  readonly fileNumbers: Map<string, number>;
  /** Lineages that may owe something: looked at when the next files are made. */
  readonly waiting: Set<string>;
  /** When the next files are made; null while nothing waits, or where nobody has worked it out yet. */
  submitAtNs: Ns | null;
  /** Base names of files that are not on the CAT side yet. */
  readonly unsubmitted: Set<string>;
}

/** One lineage: new, corrections, cancel. CAT knows it by one firmROEID. */
export interface CatTrade {
  readonly lineageId: string;
  readonly versions: Map<string, TradeReportable>;
  /** Last report of the lineage that the facility accepted and that stands for a trade (not a cancel). */
  accepted: { readonly executionId: string; readonly reportId: string } | null;
  /** The facility refused a report. */
  rejected: { readonly executionId: string; readonly reportId: string } | null;
  /** The trade was cancelled, and when we were told. */
  cancelledNs: Ns | null;
  filed: FiledRecord | null;
  /** Files that CAT refused as a whole. */
  readonly failedFiles: Set<string>;
  linkageError: { readonly errorRoeId: string; readonly atNs: Ns } | null;
  /** What an officer has put right for CAT alone. */
  resubmitted: { readonly fields: DeskActed['fields']; readonly atNs: Ns } | null;
  /** Open item in the repair queue, and closed ones, by id. */
  readonly repairs: Map<string, { readonly open: boolean }>;
  /** Latest event about it; trades that were quiet for the whole horizon are forgotten. */
  touchedNs: Ns;
}

/** What CAT was last told of a trade. */
export interface FiledRecord {
  readonly firmRoeId: FirmRoeId;
  /** The line without its action and error id: what it says, not how it came. */
  readonly body: string;
  readonly base: string;
  readonly intendedNs: Ns;
}

export interface CatFile {
  readonly base: string;
  readonly fileName: string;
  readonly dueAtNs: Ns;
  readonly intendedNs: Ns;
  readonly recordCount: number;
  readonly lineageIds: readonly string[];
  submitted: boolean;
  alerted: boolean;
  /** `FAILED`: refused as a whole, nothing in it counts as sent. */
  ingestion: 'OPEN' | 'DONE' | 'FAILED';
  /** errorROEID by firmROEID. */
  readonly errors: Map<string, string | null>;
}

export function newCatState(partition: number): CatState {
  return {
    partition,
    trades: new Map(),
    files: new Map(),
    fileNumbers: new Map(),
    waiting: new Set(),
    submitAtNs: null,
    unsubmitted: new Set(),
  };
}

export function tradeOf(state: CatState, lineageId: string, nowNs: Ns): CatTrade {
  let trade = state.trades.get(lineageId);
  if (trade === undefined) {
    trade = {
      lineageId,
      versions: new Map(),
      accepted: null,
      rejected: null,
      cancelledNs: null,
      filed: null,
      failedFiles: new Set(),
      linkageError: null,
      resubmitted: null,
      repairs: new Map(),
      touchedNs: nowNs,
    };
    state.trades.set(lineageId, trade);
  }
  if (nowNs > trade.touchedNs) trade.touchedNs = nowNs;
  return trade;
}
