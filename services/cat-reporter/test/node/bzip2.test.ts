import assert from 'node:assert/strict';
import test from 'node:test';
import { commandBzip2, hasBzip2Command, wasmBzip2 } from '../../src/index.ts';

const wasm = await wasmBzip2();
const text = new TextEncoder().encode('{"actionType":"NEW","firmROEID":"20261124_L1"}\n'.repeat(5_000));
const noCommand = (await hasBzip2Command()) ? false : 'the system has no bzip2';

test('what is compressed comes back, also nothing and also noise', async () => {
  const noise = Uint8Array.from({ length: 4_096 }, (_, index) => (index * 2_654_435_761) >>> 24);
  for (const bytes of [text, new Uint8Array(), new Uint8Array([1]), noise]) {
    const compressed = await wasm.compress(bytes);
    assert.equal(new TextDecoder().decode(compressed.subarray(0, 4)), 'BZh9');
    assert.deepEqual(await wasm.decompress(compressed, 1_000_000), bytes);
  }
});

test('the command and the library make the same bytes, so a takeover on another host is not seen', {
  skip: noCommand,
}, async () => {
  assert.deepEqual(await commandBzip2().compress(text), await wasm.compress(text));
  assert.deepEqual(await commandBzip2().decompress(await wasm.compress(text), 1_000_000), text);
});

for (const [name, bzip2] of [
  ['library', wasm],
  ['command', commandBzip2()],
] as const) {
  const skip = name === 'command' && noCommand;
  test(`${name}: a bomb is refused before it fills the memory`, { skip }, async () => {
    await assert.rejects(bzip2.decompress(await wasm.compress(text), 100_000), /more than 100000 bytes/);
  });
  test(`${name}: garbage is refused`, { skip }, async () => {
    await assert.rejects(bzip2.decompress(new TextEncoder().encode('no bzip2 at all'), 1_000));
  });
}

test('a command that does not exist is known as such', async () => {
  assert.equal(await hasBzip2Command('bzip2-that-is-not-there'), false);
});

test('the library leaves nothing on the global object', () => {
  assert.equal(Object.hasOwn(globalThis, '__dirname'), false);
  assert.equal(Object.hasOwn(globalThis, 'require'), false);
});
