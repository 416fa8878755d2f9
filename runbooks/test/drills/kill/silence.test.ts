import assert from 'node:assert/strict';
import test from 'node:test';
import { longestSilence } from '../../../drills/kill/silence.ts';

const span = (fromNs: bigint, toNs: bigint) => ({ fromNs, toNs });

test('the silence after a kill runs from the last submission before it, and late bytes of the dead do not shorten it', () => {
  // Killed at 100; the bytes taken at 101 had left before.
  assert.deepEqual(longestSilence([90n, 101n, 700n, 705n], span(100n, 5_000n)), { fromNs: 101n, toNs: 700n });
  assert.deepEqual(longestSilence([98n, 700n, 705n], span(100n, 5_000n)), { fromNs: 98n, toNs: 700n });
});

test('a silence that begins after the span, or ends before it, is of no concern', () => {
  assert.deepEqual(longestSilence([10n, 90n, 110n, 120n, 900n], span(100n, 115n)), {
    fromNs: 90n,
    toNs: 110n,
  });
});

test('without a submission after the kill there is no end to tell', () => {
  assert.equal(longestSilence([10n, 20n], span(100n, 200n)), null);
  assert.equal(longestSilence([], span(100n, 200n)), null);
});
