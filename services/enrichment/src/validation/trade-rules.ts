import { present } from './reading.ts';
import type { ValidationRule } from './rule.ts';
import { TRADE_THROUGH_REASONS } from './vocabulary.ts';

/** What kind of trade it was, and what it refers to. */
export const tradeRules: readonly ValidationRule[] = [
  {
    code: 'REFERENCE_ID_MISSING',
    field: 'refSourceExecutionId',
    message: 'A cancel or correction must say what it refers to.',
    action: 'Give the id of the execution that is cancelled or corrected.',
    kind: 'terminal',
    source: null,
    broken: ({ action, refSourceExecutionId }) => action !== 'NEW' && !present(refSourceExecutionId),
  },
  {
    code: 'REFERENCE_ID_ITSELF',
    field: 'refSourceExecutionId',
    message: 'A cancel or correction cannot refer to itself.',
    action: 'Give the cancel or correction an id of its own.',
    kind: 'terminal',
    source: null,
    broken: ({ action, sourceExecutionId, refSourceExecutionId }) =>
      action !== 'NEW' && refSourceExecutionId === sourceExecutionId,
  },
  {
    code: 'SIDE_MISSING',
    field: 'side',
    message: 'The side is missing.',
    action: 'Give B (buy), S (sell) or X (cross).',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.side),
  },
  {
    code: 'SIDE_UNKNOWN',
    field: 'side',
    message: 'The side is not one of the known codes.',
    action: 'Give B (buy), S (sell) or X (cross); a short sale is S with the short sale mark.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields, side }) => present(fields.side) && side === null,
  },
  {
    code: 'SHORT_SALE_UNKNOWN',
    field: 'shortSale',
    message: 'The short sale mark is not one of the known codes.',
    action: 'Give N (not short), S (short) or E (short exempt).',
    kind: 'terminal',
    source: 'Rule 6182',
    broken: ({ fields, shortSale }) => present(fields.shortSale) && shortSale === null,
  },
  {
    code: 'SHORT_SALE_ON_BUY',
    field: 'shortSale',
    message: 'A buy cannot be a short sale.',
    action: 'Put the side or the short sale mark right.',
    kind: 'terminal',
    source: 'Rule 6182',
    broken: ({ side, shortSale }) => side === 'BUY' && shortSale !== null && shortSale !== 'NONE',
  },
  {
    code: 'REPORT_TYPE_UNKNOWN',
    field: 'reportType',
    message: 'The report type is not one of the known codes.',
    action: 'Give TAPE, NON_TAPE or CLEARING_ONLY; empty means TAPE.',
    kind: 'terminal',
    source: null,
    broken: ({ reportType }) => reportType === null,
  },
  {
    code: 'TRADE_TYPE_UNKNOWN',
    field: 'tradeType',
    message: 'The trade type is not one of the known codes.',
    action: 'Give REGULAR, PRP, STOP_STOCK or WEIGHTED_AVERAGE; empty means REGULAR.',
    kind: 'terminal',
    source: null,
    broken: ({ tradeType }) => tradeType === null,
  },
  {
    code: 'SETTLEMENT_UNKNOWN',
    field: 'settlement',
    message: 'The settlement is not one of the known codes.',
    action: 'Give REGULAR, CASH, NEXT_DAY or SELLERS_OPTION; empty means REGULAR.',
    kind: 'terminal',
    source: 'Modifier field 1',
    broken: ({ settlement }) => settlement === null,
  },
  {
    code: 'TRADE_THROUGH_UNKNOWN',
    field: 'tradeThrough',
    message: 'The trade-through reason is not one of the known codes.',
    action: `Give one of ${[...TRADE_THROUGH_REASONS].join(', ')}, or leave it empty.`,
    kind: 'terminal',
    source: 'Modifier field 2',
    broken: ({ fields: { tradeThrough } }) =>
      present(tradeThrough) && !TRADE_THROUGH_REASONS.has(tradeThrough),
  },
  {
    code: 'TRADE_THROUGH_NOT_NMS',
    field: 'tradeThrough',
    message: 'Only NMS stocks fall under the trade-through rule.',
    action: 'Remove the reason, or put the symbol right.',
    kind: 'terminal',
    source: 'Regulation NMS Rule 611',
    broken: ({ fields, security }) =>
      present(fields.tradeThrough) && security !== null && security.symbolClass !== 'NMS',
  },
  {
    code: 'TRADE_THROUGH_NOT_ON_TAPE',
    field: 'tradeThrough',
    message: 'A report that is not published carries no trade-through reason.',
    action: 'Remove the reason, or set the report type to TAPE.',
    kind: 'terminal',
    source: 'Modifier field 2',
    broken: ({ fields, reportType }) =>
      present(fields.tradeThrough) && reportType !== null && reportType !== 'TAPE',
  },
];
