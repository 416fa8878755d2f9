import assert from 'node:assert/strict';
import test from 'node:test';
import { CoreBench } from '../support/core-bench.ts';
import { MS, reportIdFor, SECOND, T0, trade } from '../support/samples.ts';

const A = reportIdFor('a');

test('a report is intended before it is sent, and accepted with the facility’s key and time', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  assert.deepEqual(bench.sent, [{ wireId: A, reportId: A, seq: 1, possResend: false }]);
  const [intent] = bench.of('ReportIntended');
  assert.equal(intent?.msgSeqNum, 1n);
  assert.equal(intent?.attempt, 1);
  bench.nowNs += 5n * MS;
  bench.accept(A);
  const [acceptance] = bench.of('ReportAccepted');
  assert.equal(acceptance?.controlNumber, '2000000001');
  assert.equal(acceptance?.acceptedNs, T0 + 5n * MS);
  assert.equal(acceptance?.late, false);
  assert.equal(acceptance?.resolvedBy, 'ANSWER');
});

test('a trade seen again is dropped; with other content it is shown and not sent', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('a'));
  assert.equal(bench.sent.length, 1);
  bench.trade(trade('a', { content: 'other' }));
  assert.equal(bench.sent.length, 1);
  assert.equal(bench.of('OperationsAlert')[0]?.alert, 'report-content-conflict');
});

test('what is not reportable is not sent', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade({ ...trade('a'), reportId: null, decision: { ...trade('a').decision, reportable: false } });
  assert.equal(bench.sent.length, 0);
  assert.equal(bench.events.length, 0);
});

test('acceptance beyond the deadline is late, and the facility’s own mark counts', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('b'));
  bench.answer({
    kind: 'accepted',
    wireId: A,
    controlDate: '20261124',
    controlNumber: '1',
    refControlNumber: null,
    modifiers: [],
    markedLate: true,
    facilityNs: T0,
    queryId: null,
  });
  bench.nowNs += 10n * SECOND + 1n;
  bench.accept(reportIdFor('b'), '2');
  assert.deepEqual(
    bench.of('ReportAccepted').map(({ late }) => late),
    [true, true],
  );
});

test('the same answer twice is dropped; another control number for one report is an alert', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.accept(A, '1');
  bench.accept(A, '1');
  assert.equal(bench.of('ReportAccepted').length, 1);
  assert.equal(bench.of('OperationsAlert').length, 0);
  bench.accept(A, '2');
  assert.equal(bench.of('ReportAccepted').length, 1);
  assert.equal(bench.of('OperationsAlert')[0]?.alert, 'report-accepted-twice');
});

test('an answer for a report that we never made is an alert', () => {
  const bench = new CoreBench();
  bench.up();
  bench.accept('NOBODYS');
  bench.reject('NOBODYS2', '062');
  assert.deepEqual(
    bench.of('OperationsAlert').map(({ alert, severity }) => [alert, severity]),
    [
      ['unknown-report-answered', 'critical'],
      ['unknown-report-answered', 'critical'],
    ],
  );
});

test('a cancel waits for the acceptance of what it takes back, and other lineages overtake it', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('a-cancel', { action: 'CANCEL', root: 'a', refReportId: A }));
  bench.trade(trade('b'));
  assert.deepEqual(
    bench.sent.map(({ wireId }) => wireId),
    [A, reportIdFor('b')],
  );
  assert.equal(bench.of('ReportHeld')[0]?.cause, 'PREDECESSOR');
  bench.accept(A);
  assert.equal(bench.sent[2]?.wireId, reportIdFor('a-cancel', 'CANCEL'));
});

test('a cancel of a refused report is held for a person, and does not stop the resubmission behind it', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('a-cancel', { action: 'CANCEL', root: 'a', refReportId: A }));
  bench.reject(A, '062');
  assert.equal(bench.of('ReportHeld').at(-1)?.cause, 'REFERENCE_REJECTED');
  bench.trade(trade('a', { revision: 1 }));
  assert.equal(bench.sent.at(-1)?.wireId, reportIdFor('a', 'NEW', 1));
});

test('the new half of a correction never goes without its cancel', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.accept(A);
  bench.trade(trade('c', { action: 'CANCEL', root: 'a', refReportId: A }));
  bench.trade(trade('c', { action: 'NEW', root: 'a' }));
  assert.equal(bench.sent.length, 2);
  bench.reject(reportIdFor('c', 'CANCEL'), '062');
  assert.equal(bench.sent.length, 2);
  assert.equal(bench.of('ReportHeld').at(-1)?.cause, 'CANCEL_REJECTED');
});

test('a report before opening is held until then', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a', { opensAtNs: T0 + 60n * SECOND }));
  assert.equal(bench.sent.length, 0);
  assert.equal(bench.of('ReportHeld')[0]?.cause, 'FACILITY_CLOSED');
  assert.equal(bench.of('ReportHeld')[0]?.untilNs, T0 + 60n * SECOND);
  bench.advance(59n * SECOND);
  assert.equal(bench.sent.length, 0);
  bench.advance(2n * SECOND);
  assert.equal(bench.sent.length, 1);
});

test('after an outage the nearest deadline that can still be met goes first, then the late ones, oldest first', () => {
  const bench = new CoreBench({ unansweredMax: 1 });
  const due = (name: string, inNs: bigint) => trade(name, { dueAtNs: T0 + inNs });
  for (const [name, inNs] of [
    ['late2', 2n * SECOND],
    ['late1', SECOND],
    ['far', 9n * SECOND],
    ['near', 6n * SECOND],
  ] as const) {
    bench.trade(due(name, inNs));
  }
  assert.equal(bench.of('ReportHeld').filter(({ cause }) => cause === 'SESSION_DOWN').length, 4);
  bench.nowNs += 5n * SECOND;
  bench.up();
  for (const name of ['near', 'far', 'late1', 'late2']) {
    assert.equal(bench.sent.at(-1)?.wireId, reportIdFor(name));
    bench.accept(reportIdFor(name), name);
  }
});

test('unanswered reports are bounded, and so is the pace', () => {
  const windowed = new CoreBench({ unansweredMax: 3 });
  windowed.up();
  for (let i = 0; i < 10; i += 1) windowed.trade(trade(`w${i}`));
  assert.equal(windowed.sent.length, 3);
  const paced = new CoreBench({ reportsPerSecond: 10, burst: 2 });
  paced.up();
  for (let i = 0; i < 10; i += 1) paced.trade(trade(`p${i}`));
  assert.equal(paced.sent.length, 2);
  paced.advance(500n * MS);
  assert.equal(paced.sent.length, 7);
});
