import assert from 'node:assert/strict';
import test from 'node:test';
import { readJournal } from '../../src/facts/journal.ts';

test('a torn line of the journal is not an entry, and what is not about a report is left out', () => {
  const accepted = JSON.stringify({ kind: 'ACCEPTED', tradeReportId: 'N1' });
  const bytes = Buffer.from(`${accepted}\n{"kind":"OUT","seq":1}\n{"kind":"ACCEP\n${accepted}`);
  assert.deepEqual(
    readJournal(bytes).map(({ tradeReportId }) => tradeReportId),
    ['N1', 'N1'],
  );
});
