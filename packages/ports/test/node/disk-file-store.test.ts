import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { diskFileStore } from '../../src/index.ts';

test('files are written, appended to, listed and removed below the root', async (t) => {
  const root = await mkdtemp(join(tmpdir(), 'tapeclock-files-'));
  t.after(() => rm(root, { recursive: true }));
  const store = diskFileStore(root);
  assert.equal(await store.read('cat/a.txt'), null);
  await store.writeAtomic('cat/a.txt', Buffer.from('one'));
  await store.append('cat/a.txt', Buffer.from(' two'));
  await store.append('cat/b.txt', Buffer.from('three'));
  assert.equal(Buffer.from((await store.read('cat/a.txt'))!).toString(), 'one two');
  assert.deepEqual(await store.list('cat'), ['a.txt', 'b.txt']);
  await store.remove('cat/a.txt');
  assert.deepEqual(await store.list('cat'), ['b.txt']);
  assert.deepEqual(await store.list('nowhere'), []);
});

test('a path that leaves the root is refused', async () => {
  const store = diskFileStore(join(tmpdir(), 'tapeclock-files-root'));
  await assert.rejects(store.read('../secret'), /leaves the store/);
  await assert.rejects(store.writeAtomic('/etc/motd', new Uint8Array()), /leaves the store/);
});
