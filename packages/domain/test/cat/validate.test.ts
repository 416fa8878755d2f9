import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type CatRecord, meotRecord, validateRecord } from '../../src/cat/index.ts';
import { at, context, principalSale } from './trade-fixture.ts';

const good = meotRecord(principalSale, { action: 'NEW' });
const codes = (record: CatRecord): readonly string[] =>
  validateRecord(record, context).map(({ code }) => code);
const order = { orderKeyDate: '20261120T000000', orderID: 'CUST-1001' };
const account = { firmDesignatedID: 'MM-1', accountHolderType: 'O' };

test('a good trade has no issue, first report, correction, repair or delete', () => {
  assert.deepEqual(codes(good), []);
  assert.deepEqual(codes(meotRecord(principalSale, { action: 'COR' })), []);
  assert.deepEqual(
    codes(meotRecord(principalSale, { action: 'RPR', errorRoeId: '18000000000000012345' })),
    [],
  );
  assert.deepEqual(codes({ actionType: 'DEL', firmROEID: '20261120_A2' }), []);
});

const CASES: readonly [name: string, change: CatRecord, expected: readonly string[]][] = [
  ['unknown action', { actionType: 'FIX' }, ['CAT_2002']],
  ['error id on a first report', { errorROEID: { number: '1' } }, ['CAT_2026']],
  ['repair without error id', { actionType: 'RPR' }, ['CAT_2026']],
  ['firmROEID without a date', { firmROEID: 'A2' }, ['CAT_2032']],
  ['firmROEID of another day', { firmROEID: '20261119_A2' }, ['CAT_2033']],
  ['unknown event', { type: 'MEXX' }, ['CAT_2105']],
  ['IMID of another firm', { CATReporterIMID: 'WXYZ' }, ['CAT_2011']],
  ['no trade id', { tradeID: undefined }, ['CAT_2102']],
  ['symbol too long', { symbol: 'Z'.repeat(23) }, ['CAT_2096']],
  ['forbidden character', { tradeID: 'T|1' }, ['CAT_2136']],
  ['control character', { tradeID: 'T\u00071' }, ['CAT_2136']],
  ['time to the second only', { eventTimestamp: '20261120T101502' }, ['CAT_2027']],
  ['time that does not exist', { eventTimestamp: '20261120T251502.000' }, ['CAT_2027']],
  ['time in the future', { eventTimestamp: '20261120T120000.001' }, ['CAT_2139']],
  ['electronic time on an electronic trade', { electronicTimestamp: '20261120T101502.000' }, ['CAT_2144']],
  ['manualFlag as text', { manualFlag: 'false' }, ['CAT_2041']],
  ['cancel without its time', { cancelFlag: true }, ['CAT_2014']],
  ['cancel time without cancel', { cancelTimestamp: '20261120T101502.000' }, ['CAT_2014']],
  ['quantity with an exponent', { quantity: { number: '1e30' } }, ['CAT_2076']],
  ['quantity with thirteen digits', { quantity: { number: '1000000000000' } }, ['CAT_2076']],
  ['quantity with trailing zero', { quantity: { number: '100.10' } }, ['CAT_2076']],
  ['quantity as text', { quantity: '100' }, ['CAT_2076']],
  ['price with nine decimals', { price: { number: '2.123456789' } }, ['CAT_2067']],
  ['price without a digit before the point', { price: { number: '.25' } }, ['CAT_2067']],
  [
    'unknown capacity',
    { capacity: 'X', sellDetails: [{ ...order, orderID: 'S-1', side: 'SL' }] },
    ['CAT_2015'],
  ],
  ['neither link nor exception', { tapeTradeID: undefined }, ['CAT_2169']],
  ['link and exception', { reportingExceptionCode: 'P' }, ['CAT_2169', 'CAT_2044']],
  ['unknown facility', { marketCenterID: 'ZZ' }, ['CAT_2044']],
  ['link without facility', { marketCenterID: undefined }, ['CAT_2044']],
  [
    'contra side without clearing firm',
    { tapeTradeID: undefined, reportingExceptionCode: 'C' },
    ['CAT_2184', 'CAT_2185'],
  ],
  ['clearing firm without contra exception', { clearingFirm: { number: '226' } }, ['CAT_2184']],
  ['one-sided with both sides', { sideDetailsInd: 'BUY' }, ['CAT_2115']],
  ['two-sided without the buyer', { buyDetails: undefined }, ['CAT_2108']],
  ['empty side', { buyDetails: [] }, ['CAT_2108']],
  [
    'two buyers',
    {
      buyDetails: [
        { ...order, side: 'B' },
        { ...order, orderID: 'CUST-1002', side: 'B' },
      ],
    },
    ['CAT_2273'],
  ],
  ['buyer who sells', { buyDetails: [{ ...order, side: 'SL' }] }, ['CAT_2111']],
  ['order and account', { buyDetails: [{ ...order, ...account, side: 'B' }] }, ['CAT_2114']],
  ['neither order nor account', { sellDetails: [{ side: 'SL' }] }, ['CAT_2148']],
  ['order without key date', { buyDetails: [{ orderID: 'CUST-1001', side: 'B' }] }, ['CAT_2110']],
  ['account without holder type', { sellDetails: [{ firmDesignatedID: 'MM-1', side: 'SS' }] }, ['CAT_2120']],
  [
    'unknown holder type',
    { sellDetails: [{ ...account, accountHolderType: 'Q', side: 'SX' }] },
    ['CAT_2120'],
  ],
  ['account of an agent', { capacity: 'A' }, ['CAT_2259']],
  [
    'one order on both sides',
    { sellDetails: [{ ...order, orderKeyDate: '20261120T000000.000', side: 'SL' }] },
    ['CAT_2227'],
  ],
  ['field that no trade has', { saleCondition: 'Z' }, ['CAT_2133']],
  ['retired position', { buyDetails: [{ ...order, side: 'B', retiredFieldPosition: 'x' }] }, ['CAT_2207']],
];

for (const [name, change, expected] of CASES) {
  test(`validation: ${name}`, () => {
    assert.deepEqual(codes({ ...good, ...change }), expected);
  });
}

test('a delete with more than one id or with other fields is refused', () => {
  assert.deepEqual(codes({ actionType: 'DEL', firmROEID: '20261120_A2', errorROEID: { number: '1' } }), [
    'CAT_2026',
  ]);
  assert.deepEqual(codes({ actionType: 'DEL', firmROEID: '20261120_A2', tradeID: 'T' }), ['CAT_2133']);
});

test('an issue says field, value, meaning and remedy', () => {
  const [issue] = validateRecord({ ...good, price: { number: '0.123456789' } }, context);
  assert.equal(issue?.field, 'price');
  assert.equal(issue?.value, '0.123456789');
  assert.match(issue?.action ?? '', /8 after the point/);
});

test('any trade in the range of the domain is well formed', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }),
      fc.bigInt({ min: 0n, max: 10n ** 18n - 1n }),
      fc.bigInt({ min: 1n, max: 3_600_000_000_000n }),
      (quantityE6, priceE8, agoNs) => {
        const eventNs = at('20261120T115959.999999999') - agoNs;
        const record = meotRecord({ ...principalSale, quantityE6, priceE8, eventNs }, { action: 'NEW' });
        assert.deepEqual(codes(record), []);
      },
    ),
  );
});
