import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { RULEBOOK_FOLDER } from '../../src/product-folders.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');
const QUESTION = '{"id":"q","facility":"ADF","symbolClass":"NMS","executedAt":"2026-12-01T11:00:00-05:00"}\n';

const HOLIDAY = {
  about: 'Announced on 30 November 2026.',
  subject: 'calendar',
  entries: [
    {
      id: 'CAL-2026-12-01',
      facilities: 'ALL',
      kind: 'CLOSED',
      date: '2026-12-01',
      name: 'Day of mourning',
      clause: 'market calendar',
      sources: ['CAL'],
      certainty: 'verified',
      effectiveFrom: '2026-12-01',
      effectiveTo: '2026-12-01',
      sentence: 'Markets and facilities are closed.',
    },
  ],
};
const VECTOR = {
  about: 'Announced on 30 November 2026.',
  vectors: [
    {
      id: 'MOURNING-01',
      why: 'By 8:15 the next business day.',
      given: { facility: 'ADF', symbolClass: 'NMS', executedAt: '2026-12-01 11:00:00' },
      expect: { dueAt: '2026-12-02 08:15:00', ruleId: 'ADF-NON-BUSINESS' },
    },
  ],
};

function tapeclock(folder: string, argv: readonly string[], input = '') {
  return spawnSync(process.execPath, [MAIN, ...argv], {
    input,
    encoding: 'utf8',
    env: { ...process.env, TAPECLOCK_RULEBOOK: folder },
  });
}

test('a holiday announced for tomorrow is two files in the configured folder, and holds from the next start', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'rulebook-'));
  try {
    await cp(RULEBOOK_FOLDER, folder, { recursive: true });
    const due = () => JSON.parse(tapeclock(folder, ['explain', '--jsonl'], QUESTION).stdout).dueAt as string;
    assert.equal(due(), '2026-12-01T16:00:10.000000000Z');

    await writeFile(join(folder, 'calendar/announced.json'), JSON.stringify(HOLIDAY, null, 2));
    const refused = tapeclock(folder, ['rulebook', 'check']);
    assert.equal(refused.status, 1);
    assert.match(
      refused.stderr,
      /^calendar\/announced\.json:5:5 entries\[0\] \(CAL-2026-12-01\): no test vector/m,
    );
    const start = tapeclock(folder, ['explain', '--jsonl'], QUESTION);
    assert.equal(start.stdout, '');
    assert.match(start.stderr, /calendar\/announced\.json:5:5/);

    await writeFile(join(folder, 'vectors/announced.json'), JSON.stringify(VECTOR));
    assert.equal(tapeclock(folder, ['rulebook', 'check']).status, 0);
    assert.equal(due(), '2026-12-02T13:15:00.000000000Z');
  } finally {
    await rm(folder, { recursive: true });
  }
});
