import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import {
  dayNumberFromDate,
  easternDate,
  easternOffsetNs,
  easternText,
  easternWall,
  NS_PER_HOUR,
  NS_PER_MS,
  nsFromEastern,
  nsFromRfc3339,
  nsOfDayFromText,
  rfc3339FromNs,
  timeOfDayText,
  weekdayOf,
} from '../../src/index.ts';

const ns = (text: string) => nsFromRfc3339(text) ?? assert.fail(text);
const instants = fc.bigInt({ min: ns('2000-01-01T00:00:00Z'), max: ns('2035-12-31T23:59:59.999999999Z') });

test('the wall in New York agrees with luxon at any instant', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const wall = easternWall(instant);
      const theirs = DateTime.fromMillis(Number(instant / NS_PER_MS), { zone: 'America/New_York' });
      assert.equal(wall.date, theirs.toISODate());
      assert.equal(timeOfDayText(wall.nsOfDay).slice(0, 12), theirs.toFormat('HH:mm:ss.SSS'));
      assert.equal(weekdayOf(wall.dayNumber), theirs.weekday);
    }),
    { numRuns: 500 },
  );
});

test('both changes of the clock are exact to the nanosecond', () => {
  for (const [spring, autumn] of [
    ['2025-03-09', '2025-11-02'],
    ['2026-03-08', '2026-11-01'],
    ['2027-03-14', '2027-11-07'],
    ['2028-03-12', '2028-11-05'],
  ]) {
    const forward = ns(`${spring}T07:00:00Z`);
    assert.equal(timeOfDayText(easternWall(forward - 1n).nsOfDay), '01:59:59.999999999');
    assert.equal(timeOfDayText(easternWall(forward).nsOfDay), '03:00:00.000000000');
    const back = ns(`${autumn}T06:00:00Z`);
    assert.equal(timeOfDayText(easternWall(back - 1n).nsOfDay), '01:59:59.999999999');
    assert.equal(timeOfDayText(easternWall(back).nsOfDay), '01:00:00.000000000');
  }
});

test('a time on the wall leads back to its instant, or to the first of two', () => {
  fc.assert(
    fc.property(instants, (instant) => {
      const wall = easternWall(instant);
      const back = nsFromEastern(wall.date, wall.nsOfDay) ?? assert.fail();
      assert.ok(back === instant || back === instant - NS_PER_HOUR);
      assert.deepEqual(easternWall(back).nsOfDay, wall.nsOfDay);
    }),
    { numRuns: 500 },
  );
  assert.equal(nsFromEastern('2026-11-01', nsOfDayFromText('01:30') ?? 0n), ns('2026-11-01T05:30:00Z'));
});

test('a time that the wall skips in spring is read an hour later', () => {
  const skipped = nsFromEastern('2026-03-08', nsOfDayFromText('02:30') ?? 0n) ?? assert.fail();
  assert.equal(rfc3339FromNs(skipped), '2026-03-08T07:30:00.000000000Z');
  assert.equal(timeOfDayText(easternWall(skipped).nsOfDay), '03:30:00.000000000');
});

test('dates and times that do not exist are refused', () => {
  for (const date of ['2026-02-30', '2026-13-01', '2026-1-1', '26-01-01', '']) {
    assert.equal(dayNumberFromDate(date), null, date);
    assert.equal(nsFromEastern(date, 0n), null, date);
  }
  for (const time of ['24:01', '25:00', '12:60', '9:30', '09:30:61', '']) {
    assert.equal(nsOfDayFromText(time), null, time);
  }
  assert.equal(nsOfDayFromText('24:00'), 86_400_000_000_000n);
});

test('an instant before 1970 has its date too', () => {
  assert.equal(easternDate(ns('1969-12-31T23:00:00Z')), '1969-12-31');
  assert.equal(easternText(ns('1970-01-01T04:59:59.999999999Z')), 'Wed 1969-12-31 23:59:59.999999999 ET');
});

test('an instant before the zones were drawn has a wall time too', () => {
  assert.equal(easternOffsetNs(ns('1700-06-01T12:00:00Z')), -(4n * 3600n + 56n * 60n + 2n) * 1_000_000_000n);
});
