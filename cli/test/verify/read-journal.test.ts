import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { readJournal } from '../../src/verify/read-journal.ts';

test('counts what the facility wrote, and leaves out a torn last line', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'tapeclock-journal-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'facility-journal.jsonl');
  const of = (kind: string, more: object = {}): string =>
    `${JSON.stringify({ kind, tradeReportId: 'N1', controlNumber: 'C1', symbol: 'A', quantity: '1', price: '2', ...more })}\n`;
  writeFileSync(
    path,
    of('ACCEPTED') +
      of('REJECTED') +
      of('SEEN_TWICE', { possDup: false }) +
      of('SEEN_TWICE', { possDup: true }) +
      of('SESSION') +
      of('ACCEPTED', { tradeReportId: 'N2' }).slice(0, 40),
  );
  const reports = await readJournal(path);
  assert.deepEqual([...reports.keys()], ['N1']);
  assert.deepEqual(reports.get('N1'), {
    accepted: [{ controlNumber: 'C1', symbol: 'A', quantity: '1', price: '2' }],
    rejections: 1,
    sentAgain: 1,
    resent: 1,
  });
  assert.equal((await readJournal(join(folder, 'absent'))).size, 0);
});
