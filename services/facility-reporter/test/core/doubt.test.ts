import assert from 'node:assert/strict';
import test from 'node:test';
import { foreignSessions } from '../../src/core/assign.ts';
import { adoptSession } from '../../src/core/state.ts';
import { accepted, CoreBench, SESSION } from '../support/core-bench.ts';
import { MS, reportIdFor, SECOND, trade } from '../support/samples.ts';

const A = reportIdFor('a');

function inDoubt(settings = {}): CoreBench {
  const bench = new CoreBench(settings);
  bench.up();
  bench.trade(trade('a'));
  bench.down();
  return bench;
}

test('a lost connection puts what is unanswered in doubt, and nothing is sent again by itself', () => {
  const bench = inDoubt();
  const [doubt] = bench.of('ReportInDoubt');
  assert.deepEqual([doubt?.cause, doubt?.nextStep, doubt?.msgSeqNum], ['DISCONNECTED', 'RESEND', 1n]);
  bench.advance(20n * SECOND);
  bench.up();
  assert.equal(bench.sent.length, 1);
});

test('an answer that FIX resend brings ends the doubt without a query', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(100n * MS);
  bench.accept(A, '5', null, true);
  assert.equal(bench.of('ReportAccepted')[0]?.resolvedBy, 'RESEND');
  bench.advance(10n * SECOND);
  assert.equal(bench.queries.length, 0);
});

test('what resend does not bring is asked about, and found', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(600n * MS);
  assert.deepEqual(
    bench.of('ReportInDoubt').map(({ nextStep }) => nextStep),
    ['RESEND', 'QUERY'],
  );
  bench.accept(A, '5', bench.queries[0]?.id);
  assert.equal(bench.of('ReportAccepted')[0]?.resolvedBy, 'QUERY');
  assert.equal(bench.sent.length, 1);
});

test('not found on its own session is proof: it goes again, same id, marked as a possible resend', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(600n * MS);
  bench.answer({ kind: 'notFound', queryId: bench.queries[0]?.id ?? '' });
  assert.deepEqual(bench.sent[1], { wireId: A, reportId: A, seq: 3, possResend: true });
  assert.equal(bench.of('ReportIntended')[1]?.attempt, 2);
});

test('an old “not found” never speaks for a later attempt', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(600n * MS);
  const stale = bench.queries[0]?.id ?? '';
  bench.answer({ kind: 'notFound', queryId: stale });
  bench.down();
  bench.up();
  bench.advance(600n * MS);
  assert.notEqual(bench.queries[1]?.id, stale);
  bench.answer({ kind: 'notFound', queryId: stale });
  assert.equal(bench.sent.length, 2);
});

test('not found on another session proves nothing: a person is asked', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  // Another instance takes over and has only its own session.
  const other = new CoreBench({}, 'TAPE2-ADF->FNRA/ADF');
  other.events = bench.events;
  other.trades = bench.trades;
  other.restart();
  other.up();
  assert.equal(other.of('ReportInDoubt')[0]?.sessionId, SESSION);
  other.advance(6n * SECOND);
  assert.equal(other.queries[0]?.sessionId, 'TAPE2-ADF->FNRA/ADF');
  other.answer({ kind: 'notFound', queryId: other.queries[0]?.id ?? '' }, false, 'TAPE2-ADF->FNRA/ADF');
  assert.equal(other.of('ReportInDoubt').at(-1)?.nextStep, 'PERSON');
  assert.equal(other.sent.length, 0);
});

test('a dead instance’s session, resumed here, brings its answers and proves what is missing', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  bench.trade(trade('b'));
  const own = 'TAPE2-ADF->FNRA/ADF';
  const other = new CoreBench({}, own);
  other.events = bench.events;
  other.trades = bench.trades;
  other.restart();
  assert.deepEqual([...foreignSessions(other.state).keys()], [SESSION]);
  adoptSession(other.state, { sessionId: SESSION, facility: 'ADF', answersQueries: true });
  other.up(own);
  other.up(SESSION);
  other.answer(accepted(A, '1', other.nowNs), true, SESSION);
  other.advance(600n * MS);
  assert.equal(other.queries[0]?.sessionId, SESSION);
  other.answer({ kind: 'notFound', queryId: other.queries[0]?.id ?? '' }, false, SESSION);
  // New reports go on our own session, the adopted one only settles.
  assert.equal(other.report(reportIdFor('b')).sessionId, own);
  assert.deepEqual(
    other.sent.map(({ wireId, possResend }) => [wireId, possResend]),
    [[reportIdFor('b'), true]],
  );
});

test('what another instance learns on its session settles the doubt here', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  const other = new CoreBench({}, 'TAPE2-ADF->FNRA/ADF');
  other.events = [...bench.events];
  other.trades = bench.trades;
  other.restart();
  bench.accept(A);
  const accepted = bench.events.at(-1);
  assert.equal(accepted?.type, 'ReportAccepted');
  other.do({ kind: 'outcomeSeen', event: accepted as never });
  assert.equal(other.report(A).phase, 'accepted');
  other.up();
  other.advance(100n * SECOND);
  assert.equal(other.queries.length, 0);
  assert.equal(other.sent.length, 0);
});

test('what passes and was refused to another instance is tried again here, where the partition is', () => {
  const bench = new CoreBench();
  bench.up();
  bench.trade(trade('a'));
  const other = new CoreBench({}, 'TAPE2-ADF->FNRA/ADF');
  other.events = [...bench.events];
  other.trades = bench.trades;
  other.restart();
  bench.reject(A, '021');
  const refused = bench.events.find(({ type }) => type === 'ReportRejected');
  other.do({ kind: 'outcomeSeen', event: refused as never });
  assert.equal(other.report(A).hold, 'FACILITY_RETRY');
  other.up();
  other.advance(10n * SECOND);
  assert.equal(other.sent.length, 1);
  assert.notEqual(other.report(A).wireId, A);
});

test('queries that nobody answers end with a person, and the next logon starts again without one', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(10n * SECOND);
  assert.equal(bench.queries.length, 3);
  assert.equal(bench.of('ReportInDoubt').at(-1)?.nextStep, 'PERSON');
  bench.advance(100n * SECOND);
  assert.equal(bench.queries.length, 3);
  bench.down();
  bench.up();
  bench.accept(A, '5', null, true);
  assert.equal(bench.of('ReportAccepted').length, 1);
});

test('a session that stays away for a minute means a person', () => {
  const bench = inDoubt();
  bench.advance(59n * SECOND);
  assert.equal(bench.of('ReportInDoubt').at(-1)?.nextStep, 'RESEND');
  bench.advance(2n * SECOND);
  assert.equal(bench.of('ReportInDoubt').at(-1)?.nextStep, 'PERSON');
});

test('silence: a sign of life after one second, doubt and a query after three, and the window stays bounded', () => {
  const bench = new CoreBench({ unansweredMax: 4 });
  bench.up();
  for (let i = 0; i < 40; i += 1) bench.trade(trade(`s${i}`));
  bench.advance(1_100n * MS);
  assert.equal(bench.testRequests, 1);
  assert.equal(bench.of('ReportInDoubt').length, 0);
  bench.advance(2n * SECOND);
  assert.equal(bench.of('ReportInDoubt').filter(({ cause }) => cause === 'SILENCE').length, 4);
  assert.equal(bench.sent.length, 8);
  // The second window ends in doubt at six seconds; the first is with a person only at nine.
  bench.advance(5n * SECOND);
  assert.equal(bench.sent.length, 8);
});

test('queries refused as such: a person, not an endless question', () => {
  const bench = inDoubt();
  bench.up();
  bench.advance(600n * MS);
  bench.answer({ kind: 'refused', refSeqNum: 2n, refMsgType: 'AD', code: 'FIX_11', text: 'unsupported' });
  bench.do({ kind: 'tick' });
  assert.equal(bench.of('ReportInDoubt').at(-1)?.nextStep, 'PERSON');
});

const resolved = (outcome: string, bench: CoreBench, role = 'officer') =>
  bench.act({
    subject: A,
    outcome,
    role,
    controlDate: '20261124',
    controlNumber: '9',
    reason: 'by telephone',
  });

test('an officer’s word ends a doubt: accepted, refused, or never received', () => {
  const acceptedOne = inDoubt();
  resolved('ACCEPTED', acceptedOne);
  assert.deepEqual(
    acceptedOne.of('ReportAccepted').map(({ controlNumber, resolvedBy }) => [controlNumber, resolvedBy]),
    [['9', 'PERSON']],
  );
  const refused = inDoubt();
  resolved('REJECTED', refused);
  assert.equal(refused.of('RepairOpened').length, 1);
  const never = inDoubt();
  never.up();
  resolved('NOT_RECEIVED', never);
  assert.deepEqual(
    never.sent.map(({ seq, possResend }) => [seq, possResend]),
    [
      [1, false],
      [2, true],
    ],
  );
});

test('the word of anybody else, or about a doubt that is over or a later one, changes nothing', () => {
  const bench = inDoubt();
  resolved('ACCEPTED', bench, 'viewer');
  assert.equal(bench.of('ReportAccepted').length, 0);
  bench.up();
  bench.accept(A, '5', null, true);
  resolved('NOT_RECEIVED', bench);
  assert.equal(bench.sent.length, 1);

  const later = inDoubt();
  later.up();
  const actedNs = later.nowNs;
  resolved('NOT_RECEIVED', later);
  later.nowNs += SECOND;
  later.down();
  const doubt = later.report(A).doubt;
  assert.ok(doubt !== null && doubt.sinceNs > actedNs);
  // The same act, read again after a restart.
  const nowNs = later.nowNs;
  later.nowNs = actedNs;
  resolved('NOT_RECEIVED', later);
  later.nowNs = nowNs;
  later.up();
  assert.equal(later.sent.length, 2);
});

test('every crash point between trade and answer', async (t) => {
  await t.test('before the intent is durable: it is sent as if for the first time', () => {
    const bench = new CoreBench();
    bench.up();
    bench.trade(trade('a'));
    bench.restart(0);
    bench.up();
    assert.equal(bench.of('ReportInDoubt').length, 0);
    assert.equal(bench.sent.at(-1)?.possResend, false);
  });
  await t.test('after the intent, sent or not: in doubt, and resolved without a second report', () => {
    const bench = new CoreBench();
    bench.up();
    bench.trade(trade('a'));
    bench.restart();
    assert.equal(bench.of('ReportInDoubt')[0]?.cause, 'RESTARTED');
    bench.up();
    bench.accept(A, '1', null, true);
    assert.equal(bench.of('ReportAccepted')[0]?.resolvedBy, 'RESEND');
    assert.equal(bench.sent.length, 1);
  });
  await t.test('after the answer, before it is durable: the answer comes again', () => {
    const bench = new CoreBench();
    bench.up();
    bench.trade(trade('a'));
    bench.accept(A);
    bench.restart(1);
    bench.up();
    bench.accept(A, '2000000001', null, true);
    assert.equal(bench.of('ReportAccepted').length, 1);
    assert.equal(bench.of('OperationsAlert').length, 0);
  });
  await t.test('in a doubt that a person was asked about: it is shown again, its age kept', () => {
    const bench = inDoubt();
    bench.advance(61n * SECOND);
    const since = bench.of('ReportInDoubt')[0]?.sinceNs;
    bench.restart();
    bench.up();
    bench.advance(600n * MS);
    assert.equal(bench.queries.length, 1);
    assert.equal(bench.report(A).doubt?.sinceNs, since);
  });
  await t.test('after an acceptance: a cancel still finds its control number', () => {
    const bench = new CoreBench();
    bench.up();
    bench.trade(trade('a'));
    bench.accept(A, '77');
    bench.restart();
    bench.up();
    bench.trade(trade('a-cancel', { action: 'CANCEL', root: 'a', refReportId: A }));
    assert.equal(bench.sent.at(-1)?.wireId, reportIdFor('a-cancel', 'CANCEL'));
    assert.deepEqual(bench.report(A).control, { date: '20261124', number: '77' });
  });
});
