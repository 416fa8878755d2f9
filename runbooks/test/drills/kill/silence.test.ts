import assert from 'node:assert/strict';
import test from 'node:test';
import { longestSilence } from '../../../drills/kill/silence.ts';

const SECOND = 1_000_000_000n;

test('the silence after a kill runs from the last submission before it, and late bytes of the dead do not shorten it', () => {
  // Killed at 100; the bytes taken at 101 had left before.
  assert.deepEqual(longestSilence([90n, 101n, 700n, 705n], 100n, null), { fromNs: 101n, toNs: 700n });
  assert.deepEqual(longestSilence([98n, 700n, 705n], 100n, null), { fromNs: 98n, toNs: 700n });
});

test('a silence that ends before the kill, or begins long after it, is of no concern', () => {
  const at = [10n, 90n, 110n, 6n * SECOND, 60n * SECOND];
  assert.deepEqual(longestSilence([10n, 90n, 110n], 100n, null), { fromNs: 90n, toNs: 110n });
  assert.deepEqual(longestSilence(at, 100n, null), { fromNs: 110n, toNs: 6n * SECOND });
});

test('a silence that the next kill falls into is the next one’s, unless it had begun before this one', () => {
  assert.deepEqual(longestSilence([90n, 150n, 180n, 900n], 100n, 200n), { fromNs: 90n, toNs: 150n });
  assert.deepEqual(longestSilence([90n, 150n, 180n, 900n], 200n, null), { fromNs: 180n, toNs: 900n });
  assert.deepEqual(longestSilence([90n, 900n], 100n, 200n), { fromNs: 90n, toNs: 900n });
});

test('without a submission after the kill there is no end to tell', () => {
  assert.equal(longestSilence([10n, 20n], 100n, null), null);
  assert.equal(longestSilence([], 100n, null), null);
});
