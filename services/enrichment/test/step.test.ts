import assert from 'node:assert/strict';
import test from 'node:test';
import { at, bench, EXECUTED_AT, NOW_NS, only, received } from './support/fixtures.ts';

test('a good execution becomes one reportable trade with its reasons, stamps and trace context', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const outputs = bench().receive(received('X1', { traceparent }));
  const trade = only(outputs, 'TradeReportable');
  assert.equal(outputs.length, 1);
  assert.equal(trade.action, 'NEW');
  assert.equal(trade.execution.quantityE6, 100_000_000n);
  assert.equal(trade.execution.priceE8, 18_725_000_000n);
  assert.equal(trade.execution.executedNs, at(EXECUTED_AT));
  assert.equal(trade.facility, 'ADF');
  assert.match(trade.facilityReason, /route of TCLK/);
  assert.equal(trade.reportId?.length, 20);
  assert.equal(trade.meta.traceparent, traceparent);
  assert.equal(trade.meta.stamps.executedNs, at(EXECUTED_AT));
  assert.equal(trade.meta.stamps.receivedNs, NOW_NS - 3_000_000n);
  assert.equal(trade.meta.stamps.enrichedNs, NOW_NS);
  assert.equal(trade.decision.dueAtNs, at(EXECUTED_AT) + 10_000_000_000n);
});

test('the trace names the reference data that was used', () => {
  const service = bench();
  const trade = only(service.receive(received('X1')), 'TradeReportable');
  const step = trade.decision.trace.find(({ ruleId }) => ruleId === 'reference-data');
  assert.equal(step?.answer, service.reference.version);
});

test('nothing is sent where the contra executed, and the reason says so', () => {
  const trade = only(bench().receive(received('X1', { fields: { executingParty: 'N' } })), 'TradeReportable');
  assert.equal(trade.decision.reportable, false);
  assert.equal(trade.reportId, null);
  assert.match(trade.reportingSideReason, /contra/);
});

test('a refused record shows every issue at once, its original, and until when it is due', () => {
  const bad = received('X1', {
    fields: { symbol: 'NOPE', quantity: '-5', price: 'NaN', memo: 'much too long a memo' },
  });
  const repair = only(bench().receive(bad), 'RepairOpened');
  assert.deepEqual(
    repair.issues.map(({ code, field, value }) => [code, field, value]),
    [
      ['SYMBOL_UNKNOWN', 'symbol', 'NOPE'],
      ['QUANTITY_NOT_POSITIVE', 'quantity', '-5'],
      ['PRICE_UNREADABLE', 'price', 'NaN'],
      ['MEMO_TOO_LONG', 'memo', 'much too long a memo'],
    ],
  );
  assert.equal(repair.stage, 'enrichment');
  assert.deepEqual(Buffer.from(repair.original), Buffer.from(bad.original));
  assert.equal(repair.dueAtNs, at(EXECUTED_AT) + 10_000_000_000n);
});

test('a missing execution time is never replaced: no deadline, no executed stamp, a repair item', () => {
  const repair = only(bench().receive(received('X1', { fields: { executedAt: null } })), 'RepairOpened');
  assert.deepEqual(
    repair.issues.map(({ code }) => code),
    ['EXECUTION_TIME_MISSING'],
  );
  assert.equal(repair.dueAtNs, null);
  assert.equal(repair.meta.stamps.executedNs, null);
});

test('a fault in the decision is a repair item, and the next trade goes on', () => {
  const service = bench({
    decide: () => {
      throw new RangeError('no rule for this day');
    },
  });
  const repair = only(service.receive(received('X1')), 'RepairOpened');
  assert.deepEqual(
    repair.issues.map(({ code, value }) => [code, value]),
    [['ENRICHMENT_FAILED', 'RangeError: no rule for this day']],
  );
  assert.equal(service.receive(received('X2')).length, 1);
});

test('the same input gives the same bytes', () => {
  const inputs = [
    received('X1'),
    received('X2', { fields: { quantity: '0' } }),
    received('C1', { action: 'CANCEL', ref: 'X1' }),
    received('X1', { fields: { price: '1' } }),
  ];
  const run = () => {
    const service = bench();
    return inputs.flatMap((event) => service.stepRaw({ type: 'ExecutionReceived', event }));
  };
  const [first, second] = [run(), run()];
  assert.equal(first.length, 4);
  assert.deepEqual(first, second);
});

test('every output is keyed by its lineage', () => {
  const event = received('C1', { action: 'CANCEL', ref: 'X1' });
  const [output] = bench().stepRaw({ type: 'ExecutionReceived', event });
  assert.equal(output?.key, event.meta.lineageId);
});
