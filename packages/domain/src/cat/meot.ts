/** Builds the MEOT record (Trade) from typed facts. Whether the facts suffice is the validator's question. */
import { formatDecimal, PRICE_SCALE, QUANTITY_SCALE } from '../decimal.ts';
import type { Ns } from '../ns.ts';
import { catTimestamp } from './eastern-time.ts';
import type { FirmRoeId } from './firm-roe-id.ts';
import type { CatNumber, CatObject, CatRecord, CatValue } from './record.ts';
import { marketCenterId, type TapeLinkage } from './tape-linkage.ts';
import type { SideSubject, TradeSides } from './trade-sides.ts';

export interface MeotInput {
  readonly firmRoeId: FirmRoeId;
  readonly reporterImid: string;
  /** Trade key: with IMID and symbol unique for ever (errors 3010, 3011). */
  readonly tradeId: string;
  readonly tradeKeyNs: Ns;
  readonly symbol: string;
  /** Execution time, at the granularity of the trade report. */
  readonly eventNs: Ns;
  /** Executed outside an order management system and keyed in afterwards. */
  readonly manual: boolean;
  /** When a manual trade was keyed in. */
  readonly electronicNs: Ns | null;
  /** Set only in the cases of `cancelFlagAllowed`. */
  readonly cancelledNs: Ns | null;
  readonly quantityE6: bigint;
  readonly priceE8: bigint;
  readonly capacity: 'A' | 'P' | 'R';
  readonly linkage: TapeLinkage;
  readonly sides: TradeSides;
}

/** How the record enters CAT: first report, our own correction, or repair of an error that CAT named. */
export type RecordAction =
  | { readonly action: 'NEW' }
  | { readonly action: 'COR' }
  | { readonly action: 'RPR'; readonly errorRoeId: string };

/** A full MEOT; a correction and a repair restate every field. */
export function meotRecord(input: MeotInput, how: RecordAction): CatRecord {
  const { linkage, sides } = input;
  return {
    actionType: how.action,
    errorROEID: how.action === 'RPR' ? number(how.errorRoeId) : undefined,
    firmROEID: input.firmRoeId,
    type: 'MEOT',
    CATReporterIMID: input.reporterImid,
    tradeKeyDate: timestamp(input.tradeKeyNs),
    tradeID: input.tradeId,
    symbol: input.symbol,
    eventTimestamp: timestamp(input.eventNs),
    manualFlag: input.manual,
    electronicTimestamp: input.electronicNs === null ? undefined : timestamp(input.electronicNs),
    cancelFlag: input.cancelledNs !== null,
    cancelTimestamp: input.cancelledNs === null ? undefined : timestamp(input.cancelledNs),
    quantity: number(formatDecimal(input.quantityE6, QUANTITY_SCALE)),
    price: number(formatDecimal(input.priceE8, PRICE_SCALE)),
    capacity: input.capacity,
    tapeTradeID: linkage.kind === 'REPORTED' ? linkage.tapeTradeId : undefined,
    marketCenterID: linkage.kind === 'EXCEPTION' ? undefined : marketCenterId(linkage.facility),
    sideDetailsInd: sides.indicator,
    buyDetails: sides.buy === null ? undefined : [sideDetails(sides.buy, 'B')],
    sellDetails: sides.sell === null ? undefined : [sideDetails(sides.sell, sides.sellMark)],
    reportingExceptionCode:
      linkage.kind === 'EXCEPTION' ? linkage.code : linkage.kind === 'CONTRA' ? 'C' : undefined,
    clearingFirm: linkage.kind === 'CONTRA' ? number(linkage.clearingFirm.toString()) : undefined,
    counterparty: linkage.kind === 'CONTRA' ? linkage.counterparty : undefined,
    multiLegInd: false,
  };
}

/** Takes one record out of CAT: nothing but the id (any other field is error 2133). */
export function deleteRecord(firmRoeId: FirmRoeId): CatRecord {
  return { actionType: 'DEL', firmROEID: firmRoeId };
}

/**
 * cancelFlag is true only where CAT could not learn of the cancel from the facility: the facility refused the report
 * and the trade was cancelled, the contra side of a QSR/AGU report, a foreign execution. A trade that was reported and
 * busted at the facility keeps false (CAT FAQ E25, E29, E30).
 */
export function cancelFlagAllowed(trade: {
  readonly facilityRejected: boolean;
  readonly linkage: TapeLinkage;
  readonly foreign: boolean;
}): boolean {
  return trade.facilityRejected || trade.linkage.kind === 'CONTRA' || trade.foreign;
}

function sideDetails(subject: SideSubject, side: string): CatObject {
  return subject.kind === 'ORDER'
    ? { orderKeyDate: timestamp(subject.orderKeyNs), orderID: subject.orderId, side }
    : { side, firmDesignatedID: subject.firmDesignatedId, accountHolderType: subject.accountHolderType };
}

function timestamp(atNs: Ns): CatValue {
  const { text, isNumber } = catTimestamp(atNs);
  return isNumber ? number(text) : text;
}

function number(text: string): CatNumber {
  return { number: text };
}
