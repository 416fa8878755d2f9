import { FACILITIES, type Facility } from '@tapeclock/domain';
import type { Capacity, ReportType, ShortSale, Side, TradeType } from '@tapeclock/schemas';

/** What the coded fields may say, and what each code means. Case matters: facilities and CAT are case-sensitive too. */
export const codesOf = {
  side: new Map<string, Side>([
    ['B', 'BUY'],
    ['S', 'SELL'],
    ['X', 'CROSS'],
  ]),
  capacity: new Map<string, Capacity>([
    ['A', 'AGENCY'],
    ['P', 'PRINCIPAL'],
    ['R', 'RISKLESS_PRINCIPAL'],
  ]),
  shortSale: new Map<string, ShortSale>([
    ['N', 'NONE'],
    ['S', 'SHORT'],
    ['E', 'SHORT_EXEMPT'],
  ]),
  reportType: new Map<string, ReportType>([
    ['TAPE', 'TAPE'],
    ['NON_TAPE', 'NON_TAPE'],
    ['CLEARING_ONLY', 'CLEARING_ONLY'],
  ]),
  tradeType: new Map<string, TradeType>([
    ['REGULAR', 'REGULAR'],
    ['PRP', 'PRP'],
    ['STOP_STOCK', 'STOP_STOCK'],
    ['WEIGHTED_AVERAGE', 'WEIGHTED_AVERAGE'],
  ]),
  settlement: new Map<string, string>([
    ['REGULAR', 'REGULAR'],
    ['CASH', 'CASH'],
    ['NEXT_DAY', 'NEXT_DAY'],
    ['SELLERS_OPTION', 'SELLERS_OPTION'],
  ]),
} as const;

export const FACILITY_CODES: ReadonlyMap<string, Facility> = new Map(FACILITIES.map((name) => [name, name]));

/** Reasons for field 2 (Rule 611 exemptions and print protection), by the names the rulebook uses. */
export const TRADE_THROUGH_REASONS: ReadonlySet<string> = new Set([
  'SELF_HELP',
  'ISO_INBOUND',
  'ISO_OUTBOUND',
  'DERIVATIVELY_PRICED',
  'ERROR_CORRECTION',
  'PRINT_PROTECTION',
  'QCT',
]);

/** CAT accountHolderType: institutional, employee, foreign, individual, market making, average price, proprietary, error. */
export const ACCOUNT_HOLDER_TYPES: ReadonlySet<string> = new Set(['A', 'E', 'F', 'I', 'O', 'V', 'P', 'X']);

/** Which facilities take which class: ADF and the TRFs NMS stocks (7110(a)); ORF everything else. */
export function facilityTakes(facility: Facility, symbolClass: string): boolean {
  return (facility === 'ORF') !== (symbolClass === 'NMS');
}

/** Kinds of trade that carry two times (Regulatory Notice 14-21). */
export function needsReferenceTime(tradeType: string): boolean {
  return tradeType === 'PRP' || tradeType === 'STOP_STOCK';
}
