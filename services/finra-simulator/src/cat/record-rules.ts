/**
 * The judge's own reading of the rules for a trade (MEOT) and a delete. Written apart from the reporter on purpose, as a
 * table of tests on values: a mistake made there must not be made here again.
 */
import { type Read, ReadNumber, type ReadValue } from './read-line.ts';

export interface RecordContext {
  readonly imid: string;
  /** Now, Eastern, `YYYYMMDDTHHMMSS.fffffffff`. */
  readonly nowEastern: string;
  /** Eastern date of nanoseconds since the epoch. */
  easternDateOf(epochNs: bigint): string;
  /** Whether an error id was given out and is still open. */
  isOpenError(errorRoeId: string): boolean;
}

const LINE_BYTES_MAX = 8190;
const CODES_MAX = 8;
const STAMP = /^\d{8}[T ]([01]\d|2[0-3])[0-5]\d[0-5]\d(\.\d{1,9})?$/;
const NUMBER = {
  price: /^\d{1,10}(\.\d{1,8})?$/,
  quantity: /^\d{1,12}(\.\d{0,5}[1-9])?$/,
  unsigned: /^\d{1,20}$/,
};
const FACILITIES = new Set(['O', 'D', 'L', 'DC', 'DN']);
const HOLDERS = new Set(['A', 'E', 'F', 'I', 'O', 'V', 'P', 'X']);
const KNOWN = new Set([
  ...[
    'actionType',
    'errorROEID',
    'firmROEID',
    'type',
    'CATReporterIMID',
    'tradeKeyDate',
    'tradeID',
    'symbol',
  ],
  ...[
    'eventTimestamp',
    'manualFlag',
    'electronicTimestamp',
    'cancelFlag',
    'cancelTimestamp',
    'quantity',
    'price',
  ],
  ...['capacity', 'tapeTradeID', 'marketCenterID', 'sideDetailsInd', 'buyDetails', 'sellDetails'],
  ...['reportingExceptionCode', 'clearingFirm', 'counterparty', 'multiLegInd', 'infoBarrierID'],
]);

/** Codes of Appendix E, at most eight; empty means the record is taken. `null` stands for a line that is no object. */
export function recordCodes(record: Read | null, line: string, context: RecordContext): number[] {
  if (record === null) return [2134];
  if (Buffer.byteLength(line) > LINE_BYTES_MAX) return [2132];
  const codes = record.actionType === 'DEL' ? deleteCodes(record) : tradeCodes(record, context);
  return codes.length > CODES_MAX ? [...codes.slice(0, CODES_MAX - 1), 2999] : codes;
}

function deleteCodes(record: Read): number[] {
  const others = Object.keys(record).filter(
    (name) => !['actionType', 'errorROEID', 'firmROEID'].includes(name),
  );
  if (others.length > 0) return [2133];
  return (record.errorROEID === undefined) === (record.firmROEID === undefined) ? [2026] : [];
}

function tradeCodes(record: Read, context: RecordContext): number[] {
  const codes: number[] = [];
  const wrong = (code: number, broken: boolean): void => {
    if (broken && !codes.includes(code)) codes.push(code);
  };
  const { actionType, errorROEID, firmROEID, eventTimestamp } = record;
  if (record.type !== 'MEOT') return [2105];
  wrong(
    2133,
    Object.keys(record).some((name) => !KNOWN.has(name)),
  );
  wrong(2002, actionType !== 'NEW' && actionType !== 'COR' && actionType !== 'RPR');
  wrong(2026, (actionType === 'RPR') !== (errorROEID !== undefined));
  if (errorROEID !== undefined) {
    const id = errorROEID instanceof ReadNumber ? errorROEID.text : '';
    wrong(2026, !NUMBER.unsigned.test(id) || !context.isOpenError(id));
  }
  wrong(2011, record.CATReporterIMID !== undefined && record.CATReporterIMID !== context.imid);
  wrong(2102, !isText(record.tradeID, 64));
  wrong(2096, !isText(record.symbol, 22));
  wrong(2103, !isStamp(record.tradeKeyDate));
  wrong(2027, !isStamp(eventTimestamp));
  const manual = record.manualFlag === true;
  wrong(2041, typeof record.manualFlag !== 'boolean');
  if (isStamp(eventTimestamp)) {
    const date = dateOf(eventTimestamp, context);
    wrong(2027, !manual && typeof eventTimestamp === 'string' && !/\.\d{3,9}$/.test(eventTimestamp));
    wrong(2032, typeof firmROEID !== 'string' || !/^\d{8}_.{1,55}$/.test(firmROEID));
    wrong(2033, typeof firmROEID === 'string' && !firmROEID.startsWith(`${date}_`));
    wrong(2139, typeof eventTimestamp === 'string' && padded(eventTimestamp) > context.nowEastern);
  }
  wrong(2144, record.electronicTimestamp !== undefined && !manual);
  wrong(2013, typeof record.cancelFlag !== 'boolean');
  wrong(2014, (record.cancelFlag === true) !== isStamp(record.cancelTimestamp));
  wrong(2076, !isNumber(record.quantity, NUMBER.quantity));
  wrong(2067, !isNumber(record.price, NUMBER.price));
  wrong(2015, !['A', 'P', 'R'].includes(String(record.capacity)));
  wrong(2206, typeof record.multiLegInd !== 'boolean');
  linkCodes(record, wrong);
  sideCodes(record, wrong);
  wrong(2136, hasForbidden(record));
  return codes;
}

type Wrong = (code: number, broken: boolean) => void;

function linkCodes(record: Read, wrong: Wrong): void {
  const { tapeTradeID, marketCenterID, reportingExceptionCode: exception } = record;
  wrong(2084, exception !== undefined && !['C', 'F', 'N', 'P'].includes(String(exception)));
  wrong(2169, (tapeTradeID === undefined) === (exception === undefined));
  wrong(2100, tapeTradeID !== undefined && !isText(tapeTradeID, 40));
  const named = marketCenterID !== undefined;
  wrong(2044, exception === undefined || exception === 'C' ? !FACILITIES.has(String(marketCenterID)) : named);
  wrong(2184, (exception === 'C') !== isNumber(record.clearingFirm, NUMBER.unsigned));
  wrong(2185, (exception === 'C') !== (record.counterparty !== undefined));
}

function sideCodes(record: Read, wrong: Wrong): void {
  const { sideDetailsInd: indicator, capacity } = record;
  wrong(2054, !['BUY', 'SELL', 'NA'].includes(String(indicator)));
  const orders: string[] = [];
  for (const [name, shown, marks, base] of [
    ['buyDetails', indicator !== 'SELL', ['B'], 2108],
    ['sellDetails', indicator !== 'BUY', ['SL', 'SS', 'SX'], 2115],
  ] as const) {
    const details = record[name];
    wrong(base, shown !== (Array.isArray(details) && details.length > 0));
    if (!Array.isArray(details)) continue;
    wrong(base === 2108 ? 2273 : 2274, details.length > 1);
    const side = details[0] as Read | undefined;
    if (typeof side !== 'object' || side === null) continue;
    const hasOrder = side.orderID !== undefined;
    const hasAccount = side.firmDesignatedID !== undefined;
    wrong(base === 2108 ? 2114 : 2148, hasOrder === hasAccount);
    wrong(base + 1, hasOrder && !isText(side.orderID, 64));
    wrong(base + 2, hasOrder !== isStamp(side.orderKeyDate));
    wrong(base + 3, !(marks as readonly string[]).includes(String(side.side)));
    wrong(base + 4, hasAccount && !isText(side.firmDesignatedID, 40));
    wrong(base + 5, hasAccount !== HOLDERS.has(String(side.accountHolderType)));
    wrong(base === 2108 ? 2258 : 2259, hasAccount && capacity !== 'P');
    if (hasOrder) orders.push(String(side.orderID));
  }
  wrong(2227, orders.length === 2 && orders[0] === orders[1]);
}

function isText(value: ReadValue | undefined, lengthMax: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= lengthMax;
}

function isNumber(value: ReadValue | undefined, form: RegExp): boolean {
  return value instanceof ReadNumber && form.test(value.text);
}

function isStamp(value: ReadValue | undefined): value is string | ReadNumber {
  return value instanceof ReadNumber
    ? /^\d{17,20}$/.test(value.text)
    : typeof value === 'string' && STAMP.test(value);
}

function dateOf(value: string | ReadNumber, context: RecordContext): string {
  return typeof value === 'string' ? value.slice(0, 8) : context.easternDateOf(BigInt(value.text));
}

/** To nine decimals, so that text order is time order. */
function padded(stamp: string): string {
  const [seconds = '', fraction = ''] = stamp.replace(' ', 'T').split('.');
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}

function hasForbidden(value: ReadValue | undefined): boolean {
  if (typeof value === 'string') return /[^\x20-\x7e]|[,|"@]/.test(value);
  if (typeof value !== 'object' || value === null || value instanceof ReadNumber) return false;
  return Object.values(value).some(hasForbidden);
}
