import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryFileStore } from '@tapeclock/ports/virtual';
import { fileSessionStore } from '../../src/index.ts';

const bytes = (text: string) => Buffer.from(text);

test('what was stored is there for the next process', async () => {
  const files = memoryFileStore();
  const store = fileSessionStore({ files, path: 'session' });
  await Promise.all([
    store.append([{ kind: 'out', seq: 1, isApplication: false, bytes: new Uint8Array() }]),
    store.append([{ kind: 'out', seq: 2, isApplication: true, bytes: bytes('two') }]),
    store.append([{ kind: 'in', seq: 7 }]),
  ]);
  const loaded = await fileSessionStore({ files, path: 'session' }).load();
  assert.deepEqual([loaded.nextOut, loaded.nextIn], [3, 8]);
  assert.deepEqual(
    loaded.sent.map(({ seq, bytes: kept }) => [seq, Buffer.from(kept).toString()]),
    [[2, 'two']],
  );
});

test('a torn last line is dropped and the next record does not continue it', async () => {
  const files = memoryFileStore();
  const store = fileSessionStore({ files, path: 'session' });
  await store.append([{ kind: 'in', seq: 3 }]);
  await files.append('session', bytes('["in",9'));
  const again = fileSessionStore({ files, path: 'session' });
  assert.equal((await again.load()).nextIn, 4);
  await again.append([{ kind: 'in', seq: 5 }]);
  assert.equal((await fileSessionStore({ files, path: 'session' }).load()).nextIn, 6);
});

test('a reset forgets what was sent before it', async () => {
  const files = memoryFileStore();
  const store = fileSessionStore({ files, path: 'session' });
  await store.append([{ kind: 'out', seq: 5, isApplication: true, bytes: bytes('old') }]);
  await store.append([{ kind: 'reset', nextOut: 1 }]);
  const loaded = await fileSessionStore({ files, path: 'session' }).load();
  assert.deepEqual([loaded.nextOut, loaded.nextIn, loaded.sent], [1, 1, []]);
});
