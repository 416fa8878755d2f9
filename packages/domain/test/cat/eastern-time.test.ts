import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  catTimestamp,
  easternDate,
  easternMinute,
  nsFromCatTimestamp,
  nsFromEastern,
} from '../../src/cat/index.ts';
import { nsFromRfc3339 } from '../../src/index.ts';

const ns = (text: string): bigint => nsFromRfc3339(text)!;
const stamp = (text: string): string => catTimestamp(ns(text)).text;

test('time is Eastern, in winter and in summer', () => {
  assert.equal(stamp('2026-11-20T15:15:02.731904Z'), '20261120T101502.731904');
  assert.equal(stamp('2026-07-01T13:30:00Z'), '20260701T093000.000');
  assert.equal(easternDate(ns('2026-11-21T04:59:59.999Z')), '20261120');
  assert.equal(easternMinute(ns('2026-11-20T21:16:59Z')), 16 * 60 + 16);
});

test('decimals are as many as the instant has, three at least, and never cut', () => {
  assert.equal(stamp('2026-11-20T15:00:00.1Z'), '20261120T100000.100');
  assert.equal(stamp('2026-11-20T15:00:00.123456789Z'), '20261120T100000.123456789');
  assert.equal(stamp('2026-11-20T15:00:00.123456Z'), '20261120T100000.123456');
});

test('the hour that autumn shows twice is told as a number', () => {
  const first = ns('2026-11-01T05:30:00Z');
  const second = ns('2026-11-01T06:30:00Z');
  assert.deepEqual(catTimestamp(first), { text: first.toString(), isNumber: true });
  assert.deepEqual(catTimestamp(second), { text: second.toString(), isNumber: true });
  assert.equal(catTimestamp(ns('2026-11-01T04:59:59Z')).isNumber, false);
  assert.equal(catTimestamp(ns('2026-11-01T07:00:00Z')).isNumber, false);
});

test('what is no instant is refused', () => {
  for (const text of [
    '20261131T000000',
    '20261120T250000',
    '20261120',
    '2026-11-20T00:00:00',
    '20261120T000000.1234567890',
  ]) {
    assert.equal(nsFromCatTimestamp(text, false), null, text);
  }
  assert.equal(nsFromCatTimestamp('1764000000000', true), null, 'milliseconds are not nanoseconds');
  assert.equal(nsFromEastern('20261301', 0), null);
});

test('every instant survives being written and read', () => {
  const from = ns('2024-01-01T00:00:00Z');
  const to = ns('2030-01-01T00:00:00Z');
  fc.assert(
    fc.property(fc.bigInt({ min: from, max: to }), (instant) => {
      const { text, isNumber } = catTimestamp(instant);
      assert.equal(nsFromCatTimestamp(text, isNumber), instant);
      assert.ok(isNumber || text.length <= 25);
    }),
  );
});
