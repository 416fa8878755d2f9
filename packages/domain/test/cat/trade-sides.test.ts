import assert from 'node:assert/strict';
import test from 'node:test';
import { type SidesInput, tapeTradeId, tradeSides } from '../../src/cat/index.ts';

const input: SidesInput = {
  side: 'SELL',
  contraMpid: 'WXYZ',
  capacity: 'P',
  shortSale: 'NONE',
  orderId: null,
  orderKeyNs: null,
  account: 'MM-INV-07',
  accountHolderType: 'O',
  contraOrderId: null,
  contraOrderKeyNs: null,
};
const account = { kind: 'ACCOUNT', firmDesignatedId: 'MM-INV-07', accountHolderType: 'O' };

test('against another member only our own side is told', () => {
  assert.deepEqual(tradeSides(input), { indicator: 'SELL', buy: null, sell: account, sellMark: 'SL' });
  assert.deepEqual(tradeSides({ ...input, side: 'BUY' }), {
    indicator: 'BUY',
    buy: account,
    sell: null,
    sellMark: 'SL',
  });
});

test('against our own customer both sides are told, the customer by the order', () => {
  const order = { kind: 'ORDER', orderId: 'C-1', orderKeyNs: 5n };
  const sides = tradeSides({ ...input, contraMpid: 'C', contraOrderId: 'C-1', contraOrderKeyNs: 5n });
  assert.deepEqual(sides, { indicator: 'NA', buy: order, sell: account, sellMark: 'SL' });
});

test('a cross tells the buying and the selling order', () => {
  const sides = tradeSides({
    ...input,
    side: 'CROSS',
    capacity: 'A',
    orderId: 'BUY-1',
    orderKeyNs: 1n,
    contraOrderId: 'SELL-1',
    contraOrderKeyNs: 2n,
  });
  assert.deepEqual(sides.buy, { kind: 'ORDER', orderId: 'BUY-1', orderKeyNs: 1n });
  assert.deepEqual(sides.sell, { kind: 'ORDER', orderId: 'SELL-1', orderKeyNs: 2n });
  assert.equal(sides.indicator, 'NA');
});

test('an order goes before an account: CAT takes one of them', () => {
  const sides = tradeSides({ ...input, orderId: 'O-1', orderKeyNs: 1n });
  assert.deepEqual(sides.sell, { kind: 'ORDER', orderId: 'O-1', orderKeyNs: 1n });
});

test('the seller carries the short sale mark', () => {
  assert.equal(tradeSides({ ...input, shortSale: 'SHORT' }).sellMark, 'SS');
  assert.equal(tradeSides({ ...input, shortSale: 'SHORT_EXEMPT' }).sellMark, 'SX');
});

test('the FINRA/Nasdaq facilities are linked by branch sequence where there is one', () => {
  assert.equal(tapeTradeId('TRF_CARTERET', 'N123', 'AB000001'), 'AB000001');
  assert.equal(tapeTradeId('TRF_CHICAGO', 'N123', null), 'N123');
  assert.equal(tapeTradeId('ADF', 'N123', 'AB000001'), 'N123');
});
