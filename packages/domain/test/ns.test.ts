import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { nsFromRfc3339, rfc3339FromNs } from '../src/index.ts';

const instants = fc.bigInt({ min: 0n, max: 4_102_444_800_000_000_000n });

test('an instant survives being written and read', () => {
  fc.assert(fc.property(instants, (ns) => assert.equal(nsFromRfc3339(rfc3339FromNs(ns)), ns)));
});

test('the offset of the text does not change the instant', () => {
  const utc = nsFromRfc3339('2026-11-24T15:00:00.123456789Z');
  assert.equal(utc, 1_795_532_400_123_456_789n);
  assert.equal(nsFromRfc3339('2026-11-24T10:00:00.123456789-05:00'), utc);
  assert.equal(nsFromRfc3339('2026-11-25T00:00:00.123456789+09:00'), utc);
});

test('digits finer than nanoseconds are cut, not rounded', () => {
  assert.equal(nsFromRfc3339('1970-01-01T00:00:00.000000000999Z'), 0n);
});

test('text that is no instant is refused', () => {
  for (const text of [
    '',
    '2026-02-30T10:00:00Z',
    '2026-11-24',
    '2026-11-24T24:00:00Z',
    '2026-11-24T10:00:00',
    '20261124-10:00:00',
    '2026-11-24T10:00:60Z',
    '2026-11-24T10:00:00.1234567890123Z',
    // Beyond what the log's 64 bits can carry.
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
  ]) {
    assert.equal(nsFromRfc3339(text), null, text);
  }
});
