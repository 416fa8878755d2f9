import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { distribution } from '../../src/account/distribution.ts';

test('each quantile is a value that occurred, by nearest rank', () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual(distribution(hundred), {
    count: 100,
    p50: 50,
    p90: 90,
    p99: 99,
    p999: 100,
    p9999: 100,
    max: 100,
  });
});

test('one slow answer in a thousand shows from p99.9 on and not before', () => {
  const { p99, p999, max } = distribution([...Array.from({ length: 998 }, () => 1), 500, 500]);
  assert.deepEqual([p99, p999, max], [1, 500, 500]);
});

test('of nothing there is nothing: count 0 tells it from fast', () => {
  assert.deepEqual(Object.values(distribution([])), [0, 0, 0, 0, 0, 0, 0]);
});

test('quantiles never fall, whatever the order of the values', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 }), (values) => {
      const { p50, p90, p99, p999, p9999, max } = distribution(values);
      const quantiles = [p50, p90, p99, p999, p9999, max];
      assert.deepEqual(
        quantiles,
        quantiles.toSorted((a, b) => a - b),
      );
      assert.equal(max, Math.max(...values));
      for (const quantile of quantiles) assert.ok(values.includes(quantile));
    }),
  );
});
