import assert from 'node:assert/strict';
import test from 'node:test';
import { easternText, NS_PER_DAY, NS_PER_HOUR, nsFromRfc3339, weekdayOf } from '@tapeclock/domain';
import fc from 'fast-check';
import { chooseOffset } from '../../src/demo-clock/choose-offset.ts';

const weekdays = (day: number): boolean => weekdayOf(day) < 6;
const at = (text: string): bigint => nsFromRfc3339(text) ?? 0n;
const shown = (hostNs: bigint, offsetNs: bigint): string => easternText(hostNs + offsetNs).slice(0, 20);

test('the first run stands at 10:00 Eastern on a trading day, whatever the hour', () => {
  for (const [host, expected] of [
    ['2026-03-04T02:00:00Z', 'Tue 2026-03-03 10:00'],
    ['2026-03-04T15:00:00Z', 'Wed 2026-03-04 10:00'],
    ['2026-03-07T15:00:00Z', 'Mon 2026-03-09 10:00'],
  ] as const) {
    assert.equal(shown(at(host), chooseOffset(null, at(host), weekdays)), expected);
  }
});

test('a holiday is no trading day', () => {
  const host = at('2026-03-04T15:00:00Z');
  const closed = (day: number): boolean =>
    weekdays(day) && easternText(BigInt(day) * NS_PER_DAY + NS_PER_HOUR * 15n).slice(4, 14) !== '2026-03-04';
  assert.equal(shown(host, chooseOffset(null, host, closed)), 'Thu 2026-03-05 10:00');
});

test('a later run goes on while the market is well open', () => {
  const offsetNs = -NS_PER_HOUR;
  const host = at('2026-03-04T18:00:00Z');
  assert.equal(chooseOffset({ offsetNs, shownNs: host - 2n * NS_PER_HOUR }, host, weekdays), offsetNs);
});

test('after half past three, overnight or over a weekend it jumps ahead to the next trading day', () => {
  for (const [host, expected] of [
    ['2026-03-04T20:31:00Z', 'Thu 2026-03-05 10:00'],
    ['2026-03-05T05:00:00Z', 'Thu 2026-03-05 10:00'],
    ['2026-03-05T14:34:00Z', 'Thu 2026-03-05 10:00'],
    ['2026-03-06T22:00:00Z', 'Mon 2026-03-09 10:00'],
  ] as const) {
    const record = { offsetNs: 0n, shownNs: at('2026-03-04T16:00:00Z') };
    assert.equal(shown(at(host), chooseOffset(record, at(host), weekdays)), expected);
  }
});

test('never backwards, whatever the host clock did, and always on a trading day in hours', () => {
  const instant = fc.bigInt({ min: at('2026-01-05T00:00:00Z'), max: at('2026-12-01T00:00:00Z') });
  const offset = fc.bigInt({ min: -3n * NS_PER_DAY, max: 30n * NS_PER_DAY });
  fc.assert(
    fc.property(instant, instant, offset, (shownNs, hostNs, offsetNs) => {
      const nowNs = hostNs + chooseOffset({ offsetNs, shownNs }, hostNs, weekdays);
      assert.ok(nowNs >= shownNs, 'went back');
      const text = easternText(nowNs);
      assert.match(text, /^(Mon|Tue|Wed|Thu|Fri) /);
      const wall = text.slice(15, 20);
      assert.ok(wall >= '09:35' && wall <= '15:30', text);
    }),
  );
});
