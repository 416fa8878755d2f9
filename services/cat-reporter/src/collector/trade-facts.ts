/** From what was reported to the facility to what CAT is told of it. */
import { type Ns, nsFromRfc3339 } from '@tapeclock/domain';
import {
  easternDate,
  firmRoeId,
  type MeotInput,
  nsFromEastern,
  type SidesInput,
  tapeTradeId,
  tradeSides,
} from '@tapeclock/domain/cat';
import type { Capacity, ExecutionFields, TradeReportable } from '@tapeclock/schemas';

const CAPACITY = { AGENCY: 'A', PRINCIPAL: 'P', RISKLESS_PRINCIPAL: 'R' } as const satisfies Record<
  Capacity,
  string
>;

export interface ReportedTrade {
  readonly lineageId: string;
  readonly version: TradeReportable;
  /** As the facility accepted (or refused) it. */
  readonly reportId: string;
  readonly cancelledNs: Ns | null;
  /** An officer's repair for CAT; null where there is none. */
  readonly repaired: ExecutionFields | null;
}

/**
 * Null where nothing is to be told by MEOT: it was not reported anywhere, or not for public dissemination (that is
 * MEOF, which is not made yet).
 */
export function meotInput(trade: ReportedTrade, imids: Readonly<Record<string, string>>): MeotInput | null {
  const { execution, facility } = trade.version;
  if (facility === null || execution.reportType !== 'TAPE') return null;
  const keyNs = dayStartNs(execution.executedNs);
  return {
    firmRoeId: firmRoeId(trade.lineageId, execution.executedNs),
    reporterImid: imids[execution.mpid] ?? execution.mpid,
    tradeId: trade.lineageId,
    tradeKeyNs: keyNs,
    symbol: execution.symbol,
    eventNs: execution.executedNs,
    manual: false,
    electronicNs: null,
    cancelledNs: trade.cancelledNs,
    quantityE6: execution.quantityE6,
    priceE8: execution.priceE8,
    capacity: CAPACITY[execution.capacity],
    linkage: {
      kind: 'REPORTED',
      facility,
      tapeTradeId: tapeTradeId(facility, trade.reportId, execution.branchSequence),
    },
    sides: tradeSides(sidesInput(trade, keyNs)),
  };
}

/**
 * Price, size, time and parties are what the facility has; account and orders may have been put right since.
 * An order id that came without its key date is taken to be of the trade's day: the source gave no other.
 */
function sidesInput({ version, repaired }: ReportedTrade, keyNs: Ns): SidesInput {
  const { execution } = version;
  const contraOrderId = repaired === null ? execution.contraOrderId : repaired.contraOrderId;
  const orderId = repaired === null ? execution.orderId : repaired.orderId;
  const orderKeyNs = repaired === null ? execution.orderKeyNs : nsFromRfc3339(repaired.orderKeyDate ?? '');
  return {
    side: execution.side,
    contraMpid: execution.contraMpid,
    capacity: CAPACITY[execution.capacity],
    shortSale: execution.shortSale,
    orderId,
    orderKeyNs: orderId === null ? null : (orderKeyNs ?? keyNs),
    account: repaired === null ? execution.account : repaired.account,
    accountHolderType: repaired === null ? execution.accountHolderType : repaired.accountHolderType,
    contraOrderId,
    contraOrderKeyNs: contraOrderId === null ? null : keyNs,
  };
}

function dayStartNs(atNs: Ns): Ns {
  return nsFromEastern(easternDate(atNs), 0) ?? atNs;
}
