import assert from 'node:assert/strict';
import test from 'node:test';
import { csvCell } from '../../src/views/csv.ts';
import { received, repairOpened, trade } from '../events.ts';
import { startHarness } from '../harness.ts';

test('a cell that a spreadsheet would run is made text', () => {
  for (const evil of ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1']) {
    assert.ok(csvCell(evil).startsWith(`"'`), JSON.stringify(evil));
  }
  assert.equal(csvCell('-1.5'), '-1.5');
  assert.equal(csvCell('AAPL'), 'AAPL');
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell(null), '');
});

test('a list comes as CSV with its filters, over more than one page', async () => {
  const h = await startHarness();
  await h.see(...Array.from({ length: 700 }, (_, index) => received(trade(`E${index}`))));
  await h.see(received(trade('E-other', { symbol: 'MSFT' })));
  const all = await h.as('viewer', 'GET', '/api/export/trades.csv?symbol=AAPL');
  assert.equal(all.headers['content-type'], 'text/csv; charset=utf-8');
  const lines = all.body.trimEnd().split('\r\n');
  assert.equal(lines.length, 701);
  assert.match(lines[0]!, /^executionId,lineageId,revision,/);
  await h.stop();
});

test('what a source smuggled into a field does not run in the export', async () => {
  const h = await startHarness();
  await h.see(repairOpened(trade('=HYPERLINK("http://x")')));
  const { body } = await h.as('viewer', 'GET', '/api/export/repairs.csv');
  assert.match(body, /"'=HYPERLINK\(""http:\/\/x""\)"/);
  assert.doesNotMatch(body, /(^|,)"?[=@]/m);
  await h.stop();
});
