import assert from 'node:assert/strict';
import test from 'node:test';
import { type Invariant, loadProduct, MUTATIONS, runSeed } from '../src/index.ts';

const product = await loadProduct();
const SEEDS = 60;

/** By which broken invariant each planted bug must show itself. */
const SHOWN_BY: Readonly<Record<string, readonly Invariant[]>> = {
  'acknowledge-before-durable': ['EXECUTION_LOST'],
  'resend-unknown-outcome': ['ACCEPTED_TWICE', 'SENT_AGAIN'],
  'skip-intent': ['UNKNOWN_TO_LOG'],
  'lose-timers-on-restart': ['OBLIGATION_DISAPPEARED'],
  'short-memory': ['ACCEPTED_TWICE', 'SENT_AGAIN'],
};

for (const mutation of MUTATIONS) {
  test(`${mutation.name} is found: ${mutation.text}`, async () => {
    const wanted = SHOWN_BY[mutation.name] ?? [];
    for (let seed = 0; seed < SEEDS; seed += 1) {
      const { violations } = await runSeed({ seed, product, mutation });
      if (!violations.some(({ invariant }) => wanted.includes(invariant))) continue;
      const honest = await runSeed({ seed, product });
      assert.deepEqual(honest.violations, [], `seed ${seed} is clean without the bug`);
      return;
    }
    assert.fail(`not found in ${SEEDS} seeds`);
  });
}
