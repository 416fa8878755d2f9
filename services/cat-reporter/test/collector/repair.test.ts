import assert from 'node:assert/strict';
import test from 'node:test';
import { accepted, at, desk, LINEAGE, reportable } from '../trade-events.ts';
import { type CollectorBench, collectorBench } from './collector-bench.ts';

const FIRM_ROEID = `20261124_${LINEAGE}`;
const ERROR_ID = '18000000000000012345';

function filed(): CollectorBench {
  const bench = collectorBench();
  bench.give('TradeReportable', reportable());
  bench.give('ReportAccepted', accepted(reportable()));
  bench.until('20261124T100200.000');
  return bench;
}

const error = (codes: readonly number[] = [2098]) => ({
  errorRoeId: ERROR_ID,
  firmRoeId: FIRM_ROEID,
  codes,
  record: '{"firmROEID":"…"}',
});

test('a record in error is shown in the repair queue with code, field, remedy and deadline', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  const [repair] = bench.of('RepairOpened');
  assert.equal(repair?.stage, 'cat');
  assert.equal(repair?.meta.lineageId, LINEAGE);
  assert.equal(repair?.sourceExecutionId, '1');
  assert.equal(repair?.issues[0]?.code, 'CAT_2098');
  assert.match(repair?.issues[0]?.action ?? '', /security master/);
  assert.equal(repair?.fields.price, '2.15');
  assert.equal(repair?.fields.executedAt, '2026-11-24T15:00:00.123000000Z');
  assert.equal(repair?.dueAtNs, at('20261127T080000.000'));
  assert.equal(new TextDecoder().decode(repair?.original), '{"firmROEID":"…"}');
});

test('the same feedback heard again opens no second item, also after a restart', () => {
  const bench = filed();
  const { fileName } = bench.files()[0]!;
  bench.ingested(fileName, [error()]);
  bench.ingested(fileName, [error()]);
  bench.restart();
  bench.ingested(fileName, [error()]);
  assert.equal(bench.of('RepairOpened').length, 1);
});

test('a record in error is not sent again by itself', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  bench.until('20261124T120000.000');
  assert.equal(bench.lines().length, 1);
});

test('an officer’s repair goes as RPR with CAT’s error id and the full record', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error([2119])]);
  const [repair] = bench.of('RepairOpened');
  bench.nowNs += 1n;
  const fields = { ...repair!.fields, account: 'MM-INV-08' };
  bench.give('DeskActed', desk('RESUBMIT', repair!.repairId, bench.nowNs, fields));
  assert.deepEqual(
    bench.of('RepairClosed').map(({ repairId, resolution, actor }) => [repairId, resolution, actor]),
    [[repair!.repairId, 'RESUBMITTED', 'officer']],
  );
  bench.until('20261124T100600.000');
  assert.equal(bench.lines().length, 2);
  assert.match(
    bench.lines()[1]!,
    new RegExp(
      `^\\{"actionType":"RPR","errorROEID":${ERROR_ID},"firmROEID":"${FIRM_ROEID}","type":"MEOT".*"MM-INV-08"`,
    ),
  );
  bench.restart();
  bench.until('20261124T110000.000');
  assert.equal(bench.lines().length, 2, 'and once only');
});

test('a record may be sent again as it is: what was wrong may have been on CAT’s side', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  bench.give('DeskActed', desk('RESUBMIT', bench.of('RepairOpened')[0]!.repairId, bench.nowNs + 1n, null));
  bench.until('20261124T100600.000');
  assert.match(bench.lines()[1]!, /^\{"actionType":"RPR"/);
});

test('a repair counts as made only after its time: no second file when the clocks of desk and reporter differ', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  // The desk's clock is 50 ms ahead: the tolerance of Rule 6820.
  const aheadNs = at('20261124T100400.050');
  bench.give('DeskActed', desk('RESUBMIT', bench.of('RepairOpened')[0]!.repairId, aheadNs, null));
  bench.until('20261124T100400.000');
  assert.equal(bench.lines().length, 2);
  bench.restart();
  bench.until('20261124T110000.000');
  bench.ingested(bench.files()[1]!.fileName, [error()]);
  bench.until('20261124T120000.000');
  assert.equal(bench.lines().length, 2);
});

test('a discarded item is closed and nothing is sent', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  bench.give('DeskActed', desk('DISCARD', bench.of('RepairOpened')[0]!.repairId, bench.nowNs + 1n, null));
  bench.until('20261124T120000.000');
  assert.equal(bench.of('RepairClosed')[0]?.resolution, 'DISCARDED');
  assert.equal(bench.lines().length, 1);
});

test('an action on another stage’s item is none of ours', () => {
  const bench = filed();
  bench.ingested(bench.files()[0]!.fileName, [error()]);
  const act = desk('RESUBMIT', bench.of('RepairOpened')[0]!.repairId, bench.nowNs + 1n, null);
  bench.give('DeskActed', { ...act, repairStage: 'enrichment' });
  bench.until('20261124T120000.000');
  assert.equal(bench.of('RepairClosed').length, 0);
  assert.equal(bench.lines().length, 1);
});

test('a record that CAT would refuse is not sent but shown, and sent once it is put right', () => {
  const bench = collectorBench();
  const trade = reportable({ execution: { account: null, accountHolderType: null } });
  bench.give('TradeReportable', trade);
  bench.give('ReportAccepted', accepted(trade));
  bench.until('20261124T100200.000');
  assert.equal(bench.lines().length, 0);
  const [repair] = bench.of('RepairOpened');
  assert.deepEqual(
    repair?.issues.map(({ code }) => code),
    ['CAT_2115'],
  );
  assert.equal(repair?.dueAtNs, at('20261125T080000.000'));
  const fields = { ...repair!.fields, account: 'MM-1', accountHolderType: 'O' };
  bench.give('DeskActed', desk('RESUBMIT', repair!.repairId, bench.nowNs + 1n, fields));
  bench.until('20261124T100400.000');
  assert.match(bench.lines()[0]!, /^\{"actionType":"NEW".*"firmDesignatedID":"MM-1"/);
});

test('a repair that mends nothing opens a new item', () => {
  const bench = collectorBench();
  const trade = reportable({ execution: { account: null, accountHolderType: null } });
  bench.give('TradeReportable', trade);
  bench.give('ReportAccepted', accepted(trade));
  bench.until('20261124T100200.000');
  const [first] = bench.of('RepairOpened');
  bench.give('DeskActed', desk('RESUBMIT', first!.repairId, bench.nowNs + 1n, first!.fields));
  bench.until('20261124T100400.000');
  assert.equal(bench.of('RepairOpened').length, 2);
  assert.notEqual(bench.of('RepairOpened')[1]?.repairId, first?.repairId);
});

test('a linkage error the next day opens an item, and its repair is an RPR', () => {
  const bench = filed();
  const { fileName } = bench.files()[0]!;
  bench.ingested(fileName);
  bench.nowNs = at('20261125T120000.000');
  bench.give('CatFeedbackReceived', {
    ...bench.of('CatFeedbackReceived')[0]!,
    meta: { ...bench.of('CatFeedbackReceived')[0]!.meta, recordedNs: bench.nowNs },
    fileName: 'linkage',
    feedbackFile: 'linkage.error_000001',
    stage: 'LINKAGE',
    errors: [error([4003])],
  });
  const [repair] = bench.of('RepairOpened');
  assert.equal(repair?.issues[0]?.code, 'CAT_4003');
  bench.give('DeskActed', desk('RESUBMIT', repair!.repairId, bench.nowNs + 1n, null));
  bench.until('20261125T120600.000');
  assert.match(bench.lines()[1]!, new RegExp(`^\\{"actionType":"RPR","errorROEID":${ERROR_ID},`));
});

test('a file that CAT refused is alarmed and its records go in another file, three times at most', () => {
  const bench = filed();
  for (const [attempt, until] of ['1004', '1006', '1008', '1010'].entries()) {
    bench.refused(bench.files().at(-1)!.fileName, 2153);
    bench.until(`20261124T${until}00.000`);
    assert.equal(bench.files().length, Math.min(attempt + 2, 3));
  }
  assert.equal(new Set(bench.files().map(({ fileName }) => fileName)).size, 3);
  assert.ok(bench.of('OperationsAlert').every(({ alert }) => alert === 'cat-file-refused'));
  assert.equal(bench.of('RepairOpened').length, 1);
  bench.give('DeskActed', desk('RESUBMIT', bench.of('RepairOpened')[0]!.repairId, bench.nowNs + 1n, null));
  bench.until('20261124T101400.000');
  assert.match(bench.lines()[3]!, /^\{"actionType":"NEW"/);
});
