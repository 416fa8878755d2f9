import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import Database from 'better-sqlite3';
import { sqliteReadModel } from '../../src/read-model/sqlite/sqlite-read-model.ts';
import { received, trade } from '../events.ts';
import { place } from './contract.ts';

async function inFolder(run: (file: string) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'read-model-'));
  try {
    await run(join(folder, 'below', 'model.sqlite'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function filled(file: string) {
  const model = sqliteReadModel(file);
  await model.apply(place([received(trade('E1'))]));
  await model.close();
}

test('a file of this version is kept', () =>
  inFolder(async (file) => {
    await filled(file);
    const model = sqliteReadModel(file);
    assert.equal(model.fresh, false);
    assert.equal((await model.positions()).get('executions.received/0'), 1n);
    await model.close();
  }));

test('a file of another version is dropped and built anew', () =>
  inFolder(async (file) => {
    await filled(file);
    const other = new Database(file);
    other.prepare('UPDATE model SET value = ?').run('0-old');
    other.close();
    const model = sqliteReadModel(file);
    assert.equal(model.fresh, true);
    assert.equal((await model.positions()).size, 0);
    await model.close();
  }));

test('a damaged file is dropped and built anew', () =>
  inFolder(async (file) => {
    await filled(file);
    writeFileSync(file, 'this is no database at all, but it is long enough to be looked at as one');
    const model = sqliteReadModel(file);
    assert.equal(model.fresh, true);
    await model.close();
  }));
