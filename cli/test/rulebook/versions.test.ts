import assert from 'node:assert/strict';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { dayCases, RulebookError, rehearse } from '@tapeclock/domain';
import { RULEBOOK_FOLDER } from '../../src/product-folders.ts';
import { rehearsalLines } from '../../src/rulebook/tell-rehearsal.ts';
import { CURRENT, draftNames, version } from '../../src/rulebook/versions.ts';
import { UsageError } from '../../src/usage-error.ts';

const names = [CURRENT, ...(await draftNames(RULEBOOK_FOLDER))];

test('the rules in force, a draft by its name and a draft in any folder are versions', async () => {
  const current = await version(CURRENT, RULEBOOK_FOLDER);
  const draft = await version('overnight-24x5', RULEBOOK_FOLDER);
  assert.equal(draft.version, `${current.version}+overnight-24x5`);
  const folder = await mkdtemp(join(tmpdir(), 'draft-'));
  try {
    await cp(join(RULEBOOK_FOLDER, 'drafts/overnight-24x5'), folder, { recursive: true });
    assert.equal((await version(folder, RULEBOOK_FOLDER)).hours.length, draft.hours.length);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('an unknown version is refused with the names of those there are', async () => {
  await assert.rejects(version('nix', RULEBOOK_FOLDER), (error) => {
    assert.ok(error instanceof UsageError);
    for (const name of names) assert.match(error.message, new RegExp(name));
    return true;
  });
});

test('a half day changed in a draft is rehearsed in runs, with counts by clause', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'half-day-'));
  try {
    await writeFile(
      join(folder, 'draft.json'),
      '{ "sentence": "The day before Thanksgiving 2026 as a half day." }',
    );
    const entry = {
      id: 'CAL-2026-11-25',
      facilities: 'ALL',
      kind: 'HALF',
      date: '2026-11-25',
      name: 'Eve of Thanksgiving',
      clause: 'market calendar',
      sources: ['OPEN'],
      certainty: 'assumed',
      effectiveFrom: '2026-11-25',
      effectiveTo: '2026-11-25',
      sentence: 'As if the market closed at 1:00 p.m.',
    };
    const calendar = { about: 'One more half day.', subject: 'calendar', entries: [entry] };
    await writeFile(join(folder, 'calendar.json'), JSON.stringify(calendar));
    const before = await version(CURRENT, RULEBOOK_FOLDER);
    const after = await version(folder, RULEBOOK_FOLDER);
    const lines = rehearsalLines(rehearse(before, after, dayCases('2026-11-25', [before, after])), false);
    const run = lines.findIndex((line) =>
      /^TRF_NYSE NMS new, executed Wed 2026-11-25 17:00:00 ET/.test(line),
    );
    assert.match(lines[run] ?? '', /to Wed 2026-11-25 19:59:49\.999999999 ET \(\d+ cases\)$/);
    assert.match(
      lines[run + 2] ?? '',
      /^ {4}dueAt: Wed 2026-11-25 17:00:10 ET → Fri 2026-11-27 04:15:00 ET$/,
    );
    assert.ok(lines.some((line) => /^\d+ of \d+ decisions differ, by clause:$/.test(line)));
    assert.ok(lines.some((line) => /^ {2}6380B\(a\): \d+$/.test(line)));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a draft with a fault is refused at its place', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'draft-'));
  try {
    await writeFile(join(folder, 'draft.json'), '{\n  "sentense": "x"\n}');
    await assert.rejects(version(folder, RULEBOOK_FOLDER), (error) => {
      assert.ok(error instanceof RulebookError);
      assert.ok(
        error.faults.some(
          ({ line, column, message }) => line === 2 && column === 15 && message === 'unknown key',
        ),
      );
      return true;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});
