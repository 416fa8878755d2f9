import assert from 'node:assert/strict';
import test from 'node:test';
import { retryReportId } from '../../src/core/report.ts';
import { CoreBench } from '../support/core-bench.ts';
import { reportIdFor, SECOND, trade } from '../support/samples.ts';

const A = reportIdFor('a');

test('a refusal for bad data opens a repair item with the fields as a source would tell them', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '062');
  const [refusal] = bench.of('ReportRejected');
  assert.deepEqual([refusal?.code, refusal?.retryClass], ['062', 'FIX_DATA']);
  const [repair] = bench.of('RepairOpened');
  assert.equal(repair?.stage, 'facility');
  assert.equal(repair?.reportId, A);
  assert.equal(repair?.fields.quantity, '100.5');
  assert.equal(repair?.fields.price, '101.25');
  assert.equal(repair?.fields.shortSale, 'S');
  assert.equal(repair?.fields.executedAt, '2026-11-24T15:00:00.000000000Z');
  assert.equal(repair?.issues[0]?.code, 'FACILITY_062');
});

test('a code that the rulebook does not know goes to a person', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '666');
  assert.equal(bench.of('ReportRejected')[0]?.retryClass, 'OPERATOR');
  assert.equal(bench.of('RepairOpened').length, 1);
});

test('a refusal that passes is tried again under a new id, later each time, and then given to a person', () => {
  const bench = new CoreBench({ retriesMax: 2 });
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '021');
  assert.equal(bench.of('ReportHeld').at(-1)?.cause, 'FACILITY_RETRY');
  bench.advance(SECOND);
  assert.equal(bench.sent.length, 1);
  bench.advance(2n * SECOND);
  assert.equal(bench.sent[1]?.wireId, retryReportId(A, 1));
  assert.equal(bench.sent[1]?.possResend, false);
  bench.reject(retryReportId(A, 1), '021');
  bench.advance(3n * SECOND);
  assert.equal(bench.sent.length, 2);
  bench.advance(2n * SECOND);
  bench.reject(retryReportId(A, 2), '021');
  assert.equal(bench.of('RepairOpened').length, 1);
  bench.advance(100n * SECOND);
  assert.equal(bench.sent.length, 3);
});

test('a retry goes on after a restart, under its own id', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '021');
  bench.restart();
  bench.up();
  bench.advance(3n * SECOND);
  assert.equal(bench.sent.at(-1)?.wireId, retryReportId(A, 1));
  bench.accept(retryReportId(A, 1));
  assert.equal(bench.of('ReportAccepted').length, 1);
});

test('killed between the refusal and its hold: tried again all the same, under the next id', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '021');
  bench.restart(bench.events.findIndex(({ type }) => type === 'ReportRejected') + 1);
  assert.equal(bench.report(A).hold, 'FACILITY_RETRY');
  bench.up();
  bench.advance(3n * SECOND);
  assert.equal(bench.sent.at(-1)?.wireId, retryReportId(A, 1));
});

test('“duplicate” is a doubt, not a refusal: it is asked about and found', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '040');
  assert.equal(bench.of('RepairOpened').length, 0);
  assert.equal(bench.of('ReportInDoubt')[0]?.cause, 'DUPLICATE');
  const query = bench.queries[0];
  assert.equal(query?.wireId, A);
  bench.accept(A, '7', query?.id);
  assert.equal(bench.of('ReportAccepted')[0]?.resolvedBy, 'QUERY');
});

test('called a duplicate and then not known: the facility contradicts itself, so a person is asked', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.reject(A, '040');
  bench.answer({ kind: 'notFound', queryId: bench.queries[0]?.id ?? '' });
  assert.equal(bench.of('ReportInDoubt').at(-1)?.nextStep, 'PERSON');
  bench.advance(100n * SECOND);
  assert.equal(bench.sent.length, 1);
});

test('a message that the facility’s FIX engine refused is a refused report', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('b'));
  bench.answer({ kind: 'refused', refSeqNum: 2n, refMsgType: 'AE', code: 'FIX_5', text: 'bad value' });
  assert.equal(bench.of('ReportRejected')[0]?.reportId, reportIdFor('b'));
  assert.equal(bench.report(A).phase, 'sent');
});
