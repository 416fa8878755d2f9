import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { FATES, Ledger } from '../../src/account/ledger.ts';

const settled = FATES.filter((fate) => fate !== 'pending');

test('what was offered is the sum of all fates, whatever happened', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.constantFrom(...settled)), { maxLength: 300 }), (fates) => {
      const ledger = new Ledger();
      for (const fate of fates) {
        const number = ledger.offer();
        if (fate !== null) ledger.settle(number, fate);
      }
      const sum = Object.values(ledger.counts()).reduce((a, b) => a + b, 0);
      assert.equal(sum, fates.length);
      assert.equal(ledger.counts().pending, fates.filter((fate) => fate === null).length);
    }),
  );
});

test('a second fate is a fault, and so is one of something never offered', () => {
  const ledger = new Ledger();
  ledger.settle(ledger.offer(), 'refused');
  assert.throws(() => ledger.settle(1, 'taken'), /has a fate already/);
  assert.throws(() => ledger.settle(2, 'taken'), /never offered/);
  assert.throws(() => ledger.settle(0, 'taken'), /never offered/);
});

test('another process reads the same fates from the bytes, beyond the first room', () => {
  const ledger = new Ledger();
  for (let n = 0; n < 10_000; n += 1) ledger.settle(ledger.offer(), settled[n % settled.length]!);
  const read = new Ledger(ledger.written());
  assert.deepEqual(read.counts(), ledger.counts());
  assert.equal(read.fateOf(9_999), ledger.fateOf(9_999));
  assert.equal(read.offer(), 10_001);
});
