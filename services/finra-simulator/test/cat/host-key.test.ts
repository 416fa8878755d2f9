import assert from 'node:assert/strict';
import { test } from 'node:test';
import { memoryFileStore } from '@tapeclock/ports/virtual';
import ssh2 from 'ssh2';
import { HOST_KEY_SHA256_FILE, hostKeyOf } from '../../src/cat/host-key.ts';

test('the key that a client has pinned is there again after a restart', async () => {
  const files = memoryFileStore();
  const first = await hostKeyOf(files);
  assert.deepEqual(await hostKeyOf(files), first);
  const shown = await files.read(HOST_KEY_SHA256_FILE);
  assert.equal(new TextDecoder().decode(shown!), `${first.sha256}\n`);
});

test('a kept key that cannot be read is made anew and kept', async () => {
  const files = memoryFileStore();
  await files.writeAtomic('host-key', new TextEncoder().encode('no key'));
  const made = await hostKeyOf(files);
  assert.ok(!(ssh2.utils.parseKey(made.privateKey) instanceof Error));
  assert.deepEqual(await hostKeyOf(files), made);
});

test('each key made can be read, also where its public part begins with a zero', async () => {
  // One in 256 made by the library cannot; a run of 600 without a second try would fail nine times in ten.
  for (let made = 0; made < 600; made += 1) {
    const { privateKey } = await hostKeyOf(memoryFileStore());
    assert.ok(!(ssh2.utils.parseKey(privateKey) instanceof Error));
  }
});
