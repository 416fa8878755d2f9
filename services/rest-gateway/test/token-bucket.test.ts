import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TokenBucket } from '../src/limits/token-bucket.ts';

const SECOND = 1_000_000_000n;

test('never lets more through than the burst and the rate allow', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 2n * SECOND }), fc.integer({ min: 1, max: 5 })), {
        maxLength: 100,
      }),
      (steps) => {
        const bucket = new TokenBucket(3, 6, 0n);
        let nowNs = 0n;
        let through = 0n;
        for (const [waitNs, units] of steps) {
          nowNs += waitNs;
          if (bucket.take(units, nowNs) === 0) through += BigInt(units);
          assert.ok(through * SECOND <= 6n * SECOND + nowNs * 3n);
        }
      },
    ),
  );
});

test('who comes back when told is let through', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 1, max: 20 }), (units, rate) => {
      const bucket = new TokenBucket(rate, 10, 0n);
      bucket.take(10, 0n);
      const seconds = bucket.take(units, 0n);
      assert.equal(bucket.take(units, BigInt(seconds) * SECOND), 0);
    }),
  );
});
