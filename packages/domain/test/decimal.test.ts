import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { formatDecimal, parseDecimal } from '../src/index.ts';

test('what is formatted reads back as the same value', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(10n ** 17n), max: 10n ** 17n }),
      fc.integer({ min: 0, max: 8 }),
      (scaled, scale) => {
        assert.equal(parseDecimal(formatDecimal(scaled, scale), scale), scaled);
      },
    ),
  );
});

test('bad decimals are told apart', () => {
  assert.equal(parseDecimal('1e5', 8), 'NOT_A_DECIMAL');
  assert.equal(parseDecimal('NaN', 8), 'NOT_A_DECIMAL');
  assert.equal(parseDecimal('1,000', 8), 'NOT_A_DECIMAL');
  assert.equal(parseDecimal('', 8), 'NOT_A_DECIMAL');
  assert.equal(parseDecimal('.5', 8), 'NOT_A_DECIMAL');
  assert.equal(parseDecimal('1.123456789012', 8), 'TOO_MANY_DECIMALS');
  assert.equal(parseDecimal('1.120000000000', 8), 112_000_000n);
  assert.equal(parseDecimal(`1${'0'.repeat(30)}`, 6), 'TOO_LARGE');
  assert.equal(parseDecimal('999999999999999999', 8), 'TOO_LARGE');
});
