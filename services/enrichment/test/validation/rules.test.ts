import assert from 'node:assert/strict';
import test from 'node:test';
import type { ExecutionAction, ExecutionFields } from '@tapeclock/schemas';
import { ReferenceBook } from '../../src/reference/reference-book.ts';
import { validationRules } from '../../src/validation/catalogue.ts';
import { DEFAULT_LIMITS } from '../../src/validation/limits.ts';
import { readExecution } from '../../src/validation/reading.ts';
import { textRules } from '../../src/validation/text-rules.ts';
import { validate } from '../../src/validation/validate.ts';
import { at, demoBase, EXECUTED_AT, GOOD_FIELDS, NOW_NS } from '../support/fixtures.ts';

interface Change extends Partial<ExecutionFields> {
  readonly action?: ExecutionAction;
  readonly ref?: string | null;
}

const reference = new ReferenceBook({
  version: 'test',
  rows: {
    ...demoBase.rows,
    halts: [
      { symbol: 'GE', code: 'T1', fromNs: at('2025-03-04T15:00:00Z'), toNs: at('2025-03-04T15:30:00.1Z') },
      { symbol: 'GM', code: 'T1', fromNs: at('2025-03-04T15:30:00Z'), toNs: null },
    ],
  },
});

function codesFor({ action, ref, ...fields }: Change): readonly string[] {
  const subject = {
    action: action ?? ('NEW' as const),
    sourceExecutionId: 'X1',
    refSourceExecutionId: ref ?? null,
    fields: { ...GOOD_FIELDS, ...fields },
  };
  return validate(readExecution(subject, reference, NOW_NS), DEFAULT_LIMITS).map(({ code }) => code);
}

/** For each rule a record that breaks it, all codes it then shows, and its neighbour that passes. */
const CASES: Readonly<Record<string, { bad: Change; shows?: readonly string[]; good: Change }>> = {
  EXECUTION_TIME_MISSING: { bad: { executedAt: '' }, good: {} },
  EXECUTION_TIME_UNREADABLE: {
    bad: { executedAt: '2025-02-30T15:30:00Z' },
    good: { executedAt: '2025-03-04T10:30:00-05:00' },
  },
  EXECUTION_TIME_IN_FUTURE: {
    bad: { executedAt: '2025-03-04T15:30:01.200000001Z' },
    good: { executedAt: '2025-03-04T15:30:01.2Z' },
  },
  EXECUTION_TIME_ANCIENT: {
    bad: { executedAt: '2023-03-03T15:30:00.199999999Z', orderId: null, orderKeyDate: null },
    good: { executedAt: '2023-03-03T15:30:00.2Z', orderId: null, orderKeyDate: null },
  },
  REFERENCE_TIME_MISSING: { bad: { tradeType: 'PRP' }, good: { tradeType: 'PRP', referenceAt: EXECUTED_AT } },
  REFERENCE_TIME_UNREADABLE: {
    bad: { tradeType: 'STOP_STOCK', referenceAt: '15:30' },
    good: { tradeType: 'STOP_STOCK', referenceAt: '2025-03-04T15:00:00Z' },
  },
  REFERENCE_TIME_UNEXPECTED: { bad: { referenceAt: '2025-03-04T15:00:00Z' }, good: { referenceAt: '' } },
  REFERENCE_TIME_AFTER_EXECUTION: {
    bad: { tradeType: 'PRP', referenceAt: '2025-03-04T15:30:00.12345679Z' },
    good: { tradeType: 'PRP', referenceAt: EXECUTED_AT },
  },
  SYMBOL_MISSING: { bad: { symbol: null }, good: {} },
  SYMBOL_MALFORMED: { bad: { symbol: 'US0378331005' }, good: { symbol: 'BRK.B' } },
  SYMBOL_UNKNOWN: { bad: { symbol: 'ZZZZ' }, good: { symbol: 'ZM' } },
  SYMBOL_NOT_YET_LISTED: { bad: { symbol: 'TCKFU' }, good: {} },
  SYMBOL_DELISTED: {
    bad: { symbol: 'TCKGN' },
    good: { symbol: 'TCKGN', executedAt: '2023-12-29T15:30:00Z', orderId: null, orderKeyDate: null },
  },
  SYMBOL_SUSPENDED: { bad: { symbol: 'TCKSU' }, good: {} },
  SYMBOL_HALTED: { bad: { symbol: 'GM' }, good: { symbol: 'GE' } },
  FACILITY_UNKNOWN: { bad: { facility: 'adf' }, good: { facility: 'ADF' } },
  FACILITY_NOT_FOR_CLASS: { bad: { facility: 'ORF' }, good: { facility: 'ORF', symbol: 'NSRGY' } },
  FACILITY_NOT_AUTHORISED: {
    bad: { mpid: 'CNDR', facility: 'ADF' },
    good: { mpid: 'CNDR', facility: 'TRF_CARTERET' },
  },
  FACILITY_NONE_POSSIBLE: { bad: { mpid: 'OAKR' }, good: { mpid: 'HLCN' } },
  QUANTITY_MISSING: { bad: { quantity: null }, good: {} },
  QUANTITY_UNREADABLE: { bad: { quantity: '1e3' }, good: { quantity: '1000' } },
  QUANTITY_NOT_POSITIVE: { bad: { quantity: '0' }, good: { quantity: '0.000001' } },
  QUANTITY_TOO_LARGE: {
    bad: { quantity: `1${'0'.repeat(30)}`, price: '1' },
    good: { quantity: '99999999.999999', price: '1' },
  },
  QUANTITY_TOO_MANY_DECIMALS: { bad: { quantity: '0.3333333' }, good: { quantity: '0.3333330' } },
  QUANTITY_FRACTION_IN_CLEARING: {
    bad: { quantity: '1.5', reportType: 'CLEARING_ONLY' },
    good: { quantity: '1.000000', reportType: 'CLEARING_ONLY' },
  },
  QUANTITY_FRACTION_FOR_CLASS: {
    bad: { quantity: '1.5', symbol: 'TCKAQ' },
    good: { quantity: '1', symbol: 'TCKDP' },
  },
  PRICE_MISSING: { bad: { price: null }, good: {} },
  PRICE_UNREADABLE: { bad: { price: '$12' }, good: { price: '12' } },
  PRICE_NOT_POSITIVE: { bad: { price: '-0.01' }, good: { price: '0.000001' } },
  PRICE_TOO_MANY_DECIMALS: { bad: { price: '1.123456789012' }, good: { price: '1.123456000000' } },
  PRICE_TOO_LARGE: { bad: { price: '10000000' }, good: { price: '9999999.999999' } },
  NOTIONAL_ABSURD: {
    bad: { price: '9000000', quantity: '9000000' },
    good: { price: '500', quantity: '90000000' },
  },
  MPID_MISSING: { bad: { mpid: '' }, good: {} },
  MPID_MALFORMED: { bad: { mpid: 'tclk' }, good: { mpid: 'TCLK' } },
  MPID_UNKNOWN: { bad: { mpid: 'ZZZZ' }, good: { mpid: 'GRVT', contraMpid: 'TCLK' } },
  MPID_NOT_IN_FORCE: {
    bad: { mpid: 'WLDN' },
    good: { mpid: 'WLDN', executedAt: '2023-06-30T15:30:00Z', orderId: null, orderKeyDate: null },
  },
  MPID_CANNOT_EXECUTE: { bad: { mpid: 'TCLR' }, good: {} },
  CONTRA_MISSING: { bad: { contraMpid: null }, good: { contraMpid: 'C', contraCapacity: null } },
  CONTRA_MALFORMED: { bad: { contraMpid: 'CUSTOMER' }, good: { contraMpid: 'NRTH' } },
  CONTRA_UNKNOWN: { bad: { contraMpid: 'ZZZZ' }, good: { contraMpid: 'C', contraCapacity: '' } },
  CONTRA_NOT_IN_FORCE: { bad: { contraMpid: 'WLDN' }, good: {} },
  CONTRA_SAME_AS_MPID: { bad: { contraMpid: 'TCLK' }, good: {} },
  CAPACITY_MISSING: { bad: { capacity: null }, good: {} },
  CAPACITY_UNKNOWN: { bad: { capacity: 'Q' }, good: { capacity: 'R' } },
  CONTRA_CAPACITY_UNKNOWN: { bad: { contraCapacity: 'p' }, good: { contraCapacity: null } },
  CONTRA_CAPACITY_OF_CUSTOMER: { bad: { contraMpid: 'C' }, good: { contraMpid: 'C', contraCapacity: null } },
  ATS_AS_PRINCIPAL: { bad: { mpid: 'TCLA' }, good: { mpid: 'TCLA', capacity: 'A' } },
  EXECUTING_PARTY_UNKNOWN: { bad: { executingParty: 'X' }, good: { executingParty: null } },
  EXECUTING_PARTY_IS_CUSTOMER: {
    bad: { executingParty: 'N', contraMpid: 'C', contraCapacity: null },
    good: { executingParty: 'N' },
  },
  CLEARING_FIRM_UNREADABLE: { bad: { clearingFirm: 'TCLR' }, good: { clearingFirm: '0123' } },
  CLEARING_FIRM_MISSING: {
    bad: { reportType: 'CLEARING_ONLY', clearingFirm: null },
    good: { clearingFirm: null },
  },
  REFERENCE_ID_MISSING: { bad: { action: 'CANCEL' }, good: { action: 'CANCEL', ref: 'X0' } },
  REFERENCE_ID_ITSELF: { bad: { action: 'CORRECT', ref: 'X1' }, good: { action: 'CORRECT', ref: 'X0' } },
  SIDE_MISSING: { bad: { side: null }, good: {} },
  SIDE_UNKNOWN: { bad: { side: 'SS' }, good: { side: 'X' } },
  SHORT_SALE_UNKNOWN: { bad: { shortSale: 'Y' }, good: { shortSale: null } },
  SHORT_SALE_ON_BUY: { bad: { side: 'B', shortSale: 'E' }, good: { side: 'S', shortSale: 'E' } },
  REPORT_TYPE_UNKNOWN: { bad: { reportType: 'tape' }, good: { reportType: 'NON_TAPE' } },
  TRADE_TYPE_UNKNOWN: { bad: { tradeType: 'W' }, good: { tradeType: 'WEIGHTED_AVERAGE' } },
  SETTLEMENT_UNKNOWN: { bad: { settlement: 'T+3' }, good: { settlement: 'SELLERS_OPTION' } },
  TRADE_THROUGH_UNKNOWN: { bad: { tradeThrough: 'F' }, good: { tradeThrough: 'ISO_INBOUND' } },
  TRADE_THROUGH_NOT_NMS: { bad: { symbol: 'NSRGY', tradeThrough: 'QCT' }, good: { tradeThrough: 'QCT' } },
  TRADE_THROUGH_NOT_ON_TAPE: {
    bad: { tradeThrough: 'QCT', reportType: 'NON_TAPE' },
    good: { reportType: 'NON_TAPE' },
  },
  ACCOUNT_TOO_LONG: { bad: { account: 'A'.repeat(41) }, good: { account: 'A'.repeat(40) } },
  ACCOUNT_CHARACTERS: { bad: { account: 'A|1' }, good: { account: 'A/1' } },
  ACCOUNT_HOLDER_TYPE_UNKNOWN: { bad: { accountHolderType: 'Z' }, good: { accountHolderType: 'X' } },
  ACCOUNT_MISSING: { bad: { account: null }, good: {} },
  ORDER_ID_TOO_LONG: { bad: { orderId: 'O'.repeat(65) }, good: { orderId: 'O'.repeat(64) } },
  ORDER_ID_CHARACTERS: { bad: { orderId: 'a@b' }, good: { orderId: 'a-b' } },
  ORDER_KEY_DATE_UNREADABLE: {
    bad: { orderKeyDate: '20250304' },
    good: { orderKeyDate: '2025-03-04T00:00:00Z' },
  },
  ORDER_KEY_DATE_AFTER_EXECUTION: {
    bad: { orderKeyDate: '2025-03-04T15:30:00.123456790Z' },
    good: { orderKeyDate: EXECUTED_AT },
  },
  ORDER_KEY_DATE_ANCIENT: {
    bad: { orderKeyDate: '1970-01-01T00:00:00Z' },
    good: { orderKeyDate: '2024-03-04T15:30:00Z' },
  },
  CONTRA_ORDER_ID_TOO_LONG: {
    bad: { contraOrderId: 'O'.repeat(65) },
    good: { contraOrderId: 'O'.repeat(64) },
  },
  CONTRA_ORDER_ID_CHARACTERS: { bad: { contraOrderId: 'a,b' }, good: { contraOrderId: 'a.b' } },
  ORDER_IDS_EQUAL: { bad: { contraOrderId: 'ORD-1' }, good: { contraOrderId: 'ORD-2' } },
  BRANCH_SEQUENCE_TOO_LONG: { bad: { branchSequence: '123456789' }, good: { branchSequence: '12345678' } },
  MEMO_TOO_LONG: { bad: { memo: '12345678901' }, good: { memo: '1234567890' } },
  TEXT_CONTROL_CHARACTERS: { bad: { memo: 'a\u0001b' }, good: { memo: 'a b' } },
  TEXT_NOT_UTF8: { bad: { memo: 'a\ufffdb' }, good: { memo: 'a?b' } },
  TEXT_NOT_ASCII: { bad: { memo: 'Zürich' }, good: { memo: 'Zurich' } },
  TEXT_SPACES_AROUND: { bad: { memo: ' x' }, good: { memo: 'x y' } },
  TEXT_TOO_LONG: {
    bad: { tradeThrough: 'Q'.repeat(257) },
    shows: ['TRADE_THROUGH_UNKNOWN', 'TEXT_TOO_LONG'],
    good: {},
  },
};

const ALL_CODES = [...validationRules, ...textRules].map(({ code }) => code);

test('the catalogue has at least forty rules, each with its own code and a case here', () => {
  assert.ok(ALL_CODES.length >= 40);
  assert.equal(new Set(ALL_CODES).size, ALL_CODES.length);
  assert.deepEqual([...ALL_CODES].sort(), Object.keys(CASES).sort());
});

for (const [code, { bad, shows, good }] of Object.entries(CASES)) {
  test(`${code}: shown alone where it applies, silent beside it`, () => {
    assert.deepEqual(codesFor(bad), shows ?? [code]);
    assert.deepEqual(codesFor(good), []);
  });
}

test('a cancel is not judged by the trade that it repeats, only by its time and reference', () => {
  assert.deepEqual(codesFor({ action: 'CANCEL', ref: 'X0', symbol: null, price: 'x', mpid: null }), []);
  assert.deepEqual(codesFor({ action: 'CANCEL', ref: 'X0', executedAt: null }), ['EXECUTION_TIME_MISSING']);
});

test('a formula for a spreadsheet is refused as a symbol and as a memo only by its length', () => {
  assert.deepEqual(codesFor({ symbol: '=HYPERLINK("x")' }), ['SYMBOL_MALFORMED']);
});

test('values in issues are cut and well-formed', () => {
  const subject = {
    action: 'NEW' as const,
    sourceExecutionId: 'X1',
    refSourceExecutionId: null,
    fields: { ...GOOD_FIELDS, memo: `${'m'.repeat(199)}\ud83d\ude00` },
  };
  const issues = validate(readExecution(subject, reference, NOW_NS), DEFAULT_LIMITS);
  assert.ok(issues.length > 0);
  for (const { value } of issues) assert.ok(value.length <= 200 && value.isWellFormed());
});
