import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { RulebookError } from '@tapeclock/domain';
import { loadRulebook, readRulebookFiles } from '../src/rulebook-files.ts';

const ROOT = join(import.meta.dirname, '../../../rulebook');

test('the folder is read with its subfolders, by paths with forward slashes', async () => {
  const files = await readRulebookFiles(ROOT);
  assert.ok(files['deadlines/adf.json']?.includes('ADF-EVENING'));
  assert.ok(Object.keys(files).every((path) => path.endsWith('.json')));
  assert.match((await loadRulebook(ROOT)).version, /^\d{4}\.\d{2}/);
});

test('a folder with a file missing is refused with the fault named', async () => {
  const copy = await mkdtemp(join(tmpdir(), 'rulebook-'));
  try {
    await cp(ROOT, copy, { recursive: true });
    await rm(join(copy, 'hours.json'));
    await assert.rejects(loadRulebook(copy), (error) => {
      assert.ok(error instanceof RulebookError);
      assert.ok(error.faults.some((fault) => /gap: no facility hours/.test(fault.message)));
      return true;
    });
  } finally {
    await rm(copy, { recursive: true });
  }
});
