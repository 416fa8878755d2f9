import assert from 'node:assert/strict';
import test from 'node:test';
import { type Invariant, loadProduct, MUTATIONS, runSeed } from '../src/index.ts';

const product = await loadProduct();
const SEEDS = 60;

/**
 * By which broken invariant each planted bug must show itself, and from which seed on it is looked for: two need a
 * rare meeting of faults, and a test need not run the quiet seeds before it each time.
 */
const SHOWN_BY: Readonly<Record<string, { readonly from: number; readonly by: readonly Invariant[] }>> = {
  'acknowledge-before-durable': { from: 0, by: ['EXECUTION_LOST'] },
  'resend-unknown-outcome': { from: 0, by: ['ACCEPTED_TWICE', 'SENT_AGAIN'] },
  'skip-intent': { from: 0, by: ['UNKNOWN_TO_LOG'] },
  'lose-timers-on-restart': { from: 20, by: ['OBLIGATION_DISAPPEARED'] },
  'short-memory': { from: 40, by: ['ACCEPTED_TWICE', 'SENT_AGAIN'] },
};

for (const mutation of MUTATIONS) {
  test(`${mutation.name} is found: ${mutation.text}`, async () => {
    const { from, by } = SHOWN_BY[mutation.name] ?? { from: 0, by: [] };
    for (let seed = from; seed < from + SEEDS; seed += 1) {
      const { violations } = await runSeed({ seed, product, mutation });
      if (!violations.some(({ invariant }) => by.includes(invariant))) continue;
      const honest = await runSeed({ seed, product });
      assert.deepEqual(honest.violations, [], `seed ${seed} is clean without the bug`);
      return;
    }
    assert.fail(`not found in ${SEEDS} seeds from ${from} on`);
  });
}
