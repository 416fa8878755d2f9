import assert from 'node:assert/strict';
import test from 'node:test';
import { loadProduct, runSeed } from '../src/index.ts';

const product = await loadProduct();

/** Quiet, rough and wild ones, and every layout. */
for (const seed of [0, 1, 2, 6]) {
  test(`seed ${seed} run twice is the same run to the byte`, async () => {
    const first = await runSeed({ seed, product, keepTrace: true });
    const second = await runSeed({ seed, product, keepTrace: true });
    assert.deepEqual(second.trace, first.trace);
    assert.equal(second.digest, first.digest);
    assert.ok(first.trace.length > 500);
  });
}

test('another seed is another run', async () => {
  const digests = new Set<string>();
  for (let seed = 100; seed < 104; seed += 1) digests.add((await runSeed({ seed, product })).digest);
  assert.equal(digests.size, 4);
});
