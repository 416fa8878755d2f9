import type { ReportableExecution } from '@tapeclock/schemas';
import { present, type Reading } from '../validation/reading.ts';

/** The typed execution of a reading that passed validation. Throws where it did not: that is a fault of ours. */
export function reportableExecution(reading: Reading): ReportableExecution {
  const { fields } = reading;
  return {
    symbol: needed(fields.symbol, 'symbol'),
    symbolClass: needed(reading.security, 'security').symbolClass,
    side: needed(reading.side, 'side'),
    quantityE6: number(reading.quantityE6, 'quantity'),
    priceE8: number(reading.priceE8, 'price'),
    executedNs: needed(reading.executedNs, 'executedAt'),
    mpid: needed(fields.mpid, 'mpid'),
    contraMpid: needed(fields.contraMpid, 'contraMpid'),
    capacity: needed(reading.capacity, 'capacity'),
    contraCapacity: reading.contraCapacity,
    shortSale: needed(reading.shortSale, 'shortSale'),
    reportType: needed(reading.reportType, 'reportType'),
    tradeType: needed(reading.tradeType, 'tradeType'),
    referenceNs: reading.referenceNs,
    settlement: needed(reading.settlement, 'settlement'),
    tradeThrough: orNull(fields.tradeThrough),
    account: orNull(fields.account),
    accountHolderType: orNull(fields.accountHolderType),
    orderId: orNull(fields.orderId),
    orderKeyNs: reading.orderKeyNs,
    contraOrderId: orNull(fields.contraOrderId),
    clearingFirm: orNull(fields.clearingFirm),
    branchSequence: orNull(fields.branchSequence),
    memo: orNull(fields.memo),
  };
}

function needed<Value>(value: Value | null, name: string): Value {
  if (value === null) throw new TypeError(`${name} is missing although every rule passed`);
  return value;
}

function number(value: Reading['quantityE6'], name: string): bigint {
  if (typeof value !== 'bigint') throw new TypeError(`${name} is no number although every rule passed`);
  return value;
}

function orNull(text: string | null): string | null {
  return present(text) ? text : null;
}
