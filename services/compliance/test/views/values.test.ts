import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { bucketOfNs, bucketTopMs, percentileMs } from '../../src/read-model/latency-buckets.ts';
import { rawBytes } from '../../src/views/values.ts';

test('raw bytes show nothing that a terminal, browser or eye would take for something else', () => {
  const text = (bytes: Uint8Array) => rawBytes('x', bytes).text;
  assert.equal(text(Buffer.from('8=FIX.4.4\u000135=AE\u0001')), '8=FIX.4.4|35=AE|');
  assert.equal(text(Buffer.from([0x61, 0x00, 0x1b, 0xff])), 'a\\x00\\x1b\\xff');
  assert.equal(text(Buffer.from('a\u202eb\u009bc')), 'a\\u202eb\\x9bc');
  assert.equal(text(Buffer.from('{"name":"Zoë"}\n')), '{"name":"Zoë"}\n');
  const long = rawBytes('x', Buffer.alloc(100_000, 0x41));
  assert.equal(long.bytes, 100_000);
  assert.equal(long.text.length, 16_384);
});

test('a bucket holds its span, to 1/32, never told better than it was', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 1_000_000_000_000n }), (ns) => {
      const ms = Math.floor(Number(ns / 1_000n)) / 1_000;
      const top = bucketTopMs(bucketOfNs(ns));
      assert.ok(top >= ms, `${top} < ${ms}`);
      assert.ok(top <= ms * (1 + 1 / 32) + 0.001, `${top} of ${ms}`);
    }),
  );
  assert.equal(bucketOfNs(-5n), 0);
});

test('a percentile is the bucket in which that share of the trades has come', () => {
  const histogram = new Map([
    [10, 98],
    [20, 1],
    [30, 1],
  ]);
  assert.equal(percentileMs(histogram, 0.5), 0.01);
  assert.equal(percentileMs(histogram, 0.99), 0.02);
  assert.equal(percentileMs(histogram, 1), 0.03);
  assert.equal(percentileMs(new Map(), 0.5), null);
});
