import assert from 'node:assert/strict';
import test from 'node:test';
import { accepted, at, EXECUTED, LINEAGE, rejected, reportable, type TradeChange } from '../trade-events.ts';
import { type CollectorBench, collectorBench } from './collector-bench.ts';

function report(bench: CollectorBench, change: TradeChange = {}): void {
  const trade = reportable(change);
  bench.give('TradeReportable', trade);
  bench.give('ReportAccepted', accepted(trade));
}

test('an accepted trade goes into a file at the next beat of the schedule', () => {
  const bench = collectorBench();
  report(bench);
  assert.equal(bench.until('20261124T100159.999').length, 0);
  bench.until('20261124T100200.000');
  const [file] = bench.files();
  assert.equal(file?.fileName, '12345_TCLX_20261124_TC0_OrderEvents_000001.json.bz2');
  assert.equal(file?.imid, 'TCLX');
  assert.equal(file?.tradeDate, '20261124');
  assert.equal(file?.dueAtNs, at('20261125T080000.000'));
  assert.deepEqual(file?.firmRoeIds, [`20261124_${LINEAGE}`]);
  const trade = reportable();
  assert.deepEqual(file?.executionIds, [trade.executionId]);
  assert.deepEqual(bench.lines(), [
    `{"actionType":"NEW","firmROEID":"20261124_${LINEAGE}","type":"MEOT","CATReporterIMID":"TCLX","tradeKeyDate":"20261124T000000.000","tradeID":"${LINEAGE}","symbol":"ZZQQF","eventTimestamp":"20261124T100000.123","manualFlag":false,"cancelFlag":false,"quantity":1000,"price":2.15,"capacity":"P","tapeTradeID":"${trade.reportId}","marketCenterID":"O","sideDetailsInd":"SELL","sellDetails":[{"side":"SL","firmDesignatedID":"MM-INV-07","accountHolderType":"O"}],"multiLegInd":false}`,
  ]);
});

test('the answer may come before the trade itself', () => {
  const bench = collectorBench();
  const trade = reportable();
  bench.give('ReportAccepted', accepted(trade));
  bench.until('20261124T100200.000');
  assert.equal(bench.files().length, 0);
  bench.give('TradeReportable', trade);
  bench.until('20261124T100400.000');
  assert.equal(bench.files().length, 1);
});

test('a trade that no facility has accepted is not told, nor one that is not for dissemination', () => {
  const bench = collectorBench();
  bench.give('TradeReportable', reportable());
  const refused = reportable({ root: '2' });
  bench.give('TradeReportable', refused);
  bench.give('ReportRejected', rejected(refused));
  report(bench, { root: '3', execution: { reportType: 'NON_TAPE' } });
  bench.until('20261124T110000.000');
  assert.equal(bench.files().length, 0);
});

test('nothing is told twice, however often it is asked or heard', () => {
  const bench = collectorBench();
  report(bench);
  bench.until('20261124T100200.000');
  report(bench);
  bench.until('20261124T110000.000');
  bench.ingested(bench.files()[0]!.fileName);
  report(bench);
  bench.until('20261124T120000.000');
  assert.equal(bench.lines().length, 1);
});

test('a correction before the first file is told as the trade itself', () => {
  const bench = collectorBench();
  report(bench);
  report(bench, { sourceExecutionId: '1c', action: 'CORRECT', execution: { priceE8: 216_000_000n } });
  bench.until('20261124T100200.000');
  assert.equal(bench.lines().length, 1);
  assert.match(bench.lines()[0]!, /^\{"actionType":"NEW".*"price":2\.16,/);
});

test('a correction after the first file waits for CAT’s answer, then goes as COR under the same id', () => {
  const bench = collectorBench();
  report(bench);
  bench.until('20261124T100200.000');
  report(bench, { sourceExecutionId: '1c', action: 'CORRECT', execution: { priceE8: 216_000_000n } });
  bench.until('20261124T101000.000');
  assert.equal(bench.lines().length, 1);
  bench.ingested(bench.files()[0]!.fileName);
  bench.until('20261124T101200.000');
  const [, correction] = bench.lines();
  assert.match(
    correction!,
    new RegExp(`^\\{"actionType":"COR","firmROEID":"20261124_${LINEAGE}".*"price":2\\.16,`),
  );
  const corrected = reportable({ sourceExecutionId: '1c', action: 'CORRECT' });
  assert.match(correction!, new RegExp(`"tapeTradeID":"${corrected.reportId}"`));
});

test('a correction that moves the trade to another day deletes the record and tells it anew', () => {
  const bench = collectorBench();
  report(bench);
  bench.until('20261124T100200.000');
  bench.ingested(bench.files()[0]!.fileName);
  const executedNs = at('20261123T153000.000');
  report(bench, { sourceExecutionId: '1c', action: 'CORRECT', execution: { executedNs } });
  bench.until('20261124T101000.000');
  const [, deleted, anew] = bench.lines();
  assert.equal(deleted, `{"actionType":"DEL","firmROEID":"20261124_${LINEAGE}"}`);
  assert.match(anew!, new RegExp(`^\\{"actionType":"NEW","firmROEID":"20261123_${LINEAGE}"`));
});

test('a trade busted at the facility keeps its record: CAT hears of it from the facility', () => {
  const bench = collectorBench();
  report(bench);
  report(bench, { sourceExecutionId: '1x', action: 'CANCEL' });
  bench.until('20261124T100200.000');
  bench.ingested(bench.files()[0]!.fileName);
  bench.until('20261124T110000.000');
  assert.equal(bench.lines().length, 1);
  assert.match(bench.lines()[0]!, /"cancelFlag":false/);
});

test('a trade that the facility refused and that was then cancelled is told with cancelFlag', () => {
  const bench = collectorBench();
  const trade = reportable();
  bench.give('TradeReportable', trade);
  bench.give('ReportRejected', rejected(trade));
  bench.give(
    'TradeReportable',
    reportable({ sourceExecutionId: '1x', action: 'CANCEL', atNs: at('20261124T100100.500') }),
  );
  bench.until('20261124T100200.000');
  assert.match(bench.lines()[0]!, /"cancelFlag":true,"cancelTimestamp":"20261124T100100\.500"/);
  assert.match(bench.lines()[0]!, new RegExp(`"tapeTradeID":"${trade.reportId}"`));
});

test('files are cut by reporter, by CAT trading day and by size', () => {
  const bench = collectorBench({ recordsPerFileMax: 2 });
  report(bench, { root: 'd', execution: { executedNs: at('20261123T160000.000') } });
  for (let trade = 1; trade <= 5; trade += 1) report(bench, { root: `a${trade}` });
  report(bench, { root: 'b', execution: { mpid: 'TCL2' } });
  // After 16:15 Eastern the day before: due with today's.
  report(bench, { root: 'c', execution: { executedNs: at('20261123T161501.000') } });
  bench.until('20261124T100200.000');
  assert.deepEqual(
    bench
      .files()
      .map(({ fileName, tradeDate, recordCount }) => [fileName.slice(6, 10), tradeDate, recordCount]),
    [
      ['TCLX', '20261123', 1],
      ['TCLX', '20261124', 2],
      ['TCLX', '20261124', 2],
      ['TCLX', '20261124', 2],
      ['TCL2', '20261124', 1],
    ],
  );
  assert.equal(new Set(bench.files().map(({ fileName }) => fileName)).size, 5);
});

test('near the deadline a record does not wait for the schedule', () => {
  const bench = collectorBench({ submitEveryMs: 7 * 86_400_000, deadlineLeadMs: 3_600_000 });
  report(bench);
  bench.until('20261125T065959.999');
  assert.equal(bench.wakeAtNs(), at('20261125T070000.000'));
  bench.until('20261125T070000.000');
  assert.equal(bench.files().length, 1);
  const late = reportable({ root: 'late' });
  bench.give('TradeReportable', late);
  bench.give('ReportAccepted', accepted(late));
  bench.until('20261125T070000.001');
  assert.equal(bench.files().length, 2);
});

test('a file that does not reach CAT is alarmed before its deadline, and the alarm is taken back', () => {
  const bench = collectorBench();
  report(bench);
  bench.until('20261125T072959.999');
  assert.equal(bench.of('OperationsAlert').length, 0);
  bench.until('20261125T073000.000');
  const [file] = bench.files();
  assert.deepEqual(
    bench.of('OperationsAlert').map(({ alert, state, subject }) => [alert, state, subject]),
    [['cat-deadline', 'RAISED', file!.fileName]],
  );
  bench.give('CatFileSubmitted', {
    meta: file!.meta,
    fileName: file!.fileName,
    submittedNs: bench.nowNs,
    recordCount: 1,
    bytes: 1n,
  });
  assert.equal(bench.of('OperationsAlert').at(-1)?.state, 'CLEARED');
  bench.until('20261125T080000.000');
  assert.equal(bench.of('OperationsAlert').length, 2);
});

test('a quiet trade is forgotten after the horizon', () => {
  const bench = collectorBench({ horizonHours: 24 });
  report(bench);
  bench.until('20261124T100200.000');
  bench.until('20261127T100000.000');
  report(bench, { root: '2', atNs: bench.nowNs, execution: { executedNs: EXECUTED + 1n } });
  bench.until('20261127T100400.000');
  assert.equal(bench.files().length, 2);
});
