/** A CAT error as an item of the repair queue, with everything an officer needs beside it. */
import {
  contentHash,
  formatDecimal,
  type Issue,
  PRICE_SCALE,
  QUANTITY_SCALE,
  rfc3339FromNs,
} from '@tapeclock/domain';
import type {
  ExecutionAction,
  ExecutionFields,
  RepairOpened,
  ReportAction,
  TradeReportable,
} from '@tapeclock/schemas';
import { catMeta } from './event-meta.ts';

export interface RepairCause {
  readonly version: TradeReportable;
  readonly reportId: string | null;
  /** Our own check before sending, or CAT's feedback file. */
  readonly cause: string;
  readonly issues: readonly Issue[];
  /** The record in question. */
  readonly record: string;
  readonly repaired: ExecutionFields | null;
  /** CAT wants the repair by then. */
  readonly dueAtNs: bigint;
  readonly nowNs: bigint;
}

/** The same cause about the same record always opens the same item. */
export function catRepairId(lineageId: string, cause: string): string {
  return `CAT-${contentHash(lineageId, cause).slice(0, 20)}`;
}

export function catRepair(input: RepairCause): RepairOpened {
  const { version } = input;
  const { lineageId } = version.meta;
  const repairId = catRepairId(lineageId, input.cause);
  return {
    meta: catMeta('RepairOpened', [repairId], lineageId, input.nowNs, version.meta),
    repairId,
    stage: 'cat',
    executionId: version.executionId,
    source: version.source,
    sourceExecutionId: version.sourceExecutionId,
    action: ACTIONS[version.action],
    refSourceExecutionId: null,
    // The channel is not carried this far; what is repaired here was made by us.
    channel: 'DESK',
    issues: input.issues,
    fields: input.repaired ?? executionFields(version),
    originalFormat: 'cat-json',
    original: new TextEncoder().encode(input.record),
    dueAtNs: input.dueAtNs,
    facility: version.facility,
    reportId: input.reportId,
  };
}

const ACTIONS: Readonly<Record<ReportAction, ExecutionAction>> = {
  NEW: 'NEW',
  CORRECT: 'CORRECT',
  CANCEL: 'CANCEL',
  REVERSAL: 'CANCEL',
};

const LETTERS = {
  side: { BUY: 'B', SELL: 'S', CROSS: 'X' },
  capacity: { AGENCY: 'A', PRINCIPAL: 'P', RISKLESS_PRINCIPAL: 'R' },
  shortSale: { NONE: 'N', SHORT: 'S', SHORT_EXEMPT: 'E' },
} as const;

/** The execution as text again, the form in which it is edited. */
function executionFields({ execution, facility }: TradeReportable): ExecutionFields {
  const instant = (ns: bigint | null): string | null => (ns === null ? null : rfc3339FromNs(ns));
  const { contraCapacity } = execution;
  return {
    symbol: execution.symbol,
    side: LETTERS.side[execution.side],
    quantity: formatDecimal(execution.quantityE6, QUANTITY_SCALE),
    price: formatDecimal(execution.priceE8, PRICE_SCALE),
    executedAt: instant(execution.executedNs),
    mpid: execution.mpid,
    contraMpid: execution.contraMpid,
    capacity: LETTERS.capacity[execution.capacity],
    contraCapacity: contraCapacity === null ? null : LETTERS.capacity[contraCapacity],
    shortSale: LETTERS.shortSale[execution.shortSale],
    facility,
    reportType: execution.reportType,
    tradeType: execution.tradeType,
    referenceAt: instant(execution.referenceNs),
    settlement: execution.settlement,
    tradeThrough: execution.tradeThrough,
    executingParty: null,
    account: execution.account,
    accountHolderType: execution.accountHolderType,
    orderId: execution.orderId,
    orderKeyDate: instant(execution.orderKeyNs),
    contraOrderId: execution.contraOrderId,
    clearingFirm: execution.clearingFirm,
    branchSequence: execution.branchSequence,
    memo: execution.memo,
  };
}
