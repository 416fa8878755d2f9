import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heard, NO_SERVER_CLOCK, offsetMs } from '../../../web/src/live/server-clock.ts';

test('before the first message no time is told', () => {
  assert.equal(offsetMs(NO_SERVER_CLOCK), null);
});

test('a slow message does not put the clock back', () => {
  const quick = heard(NO_SERVER_CLOCK, 10_000, 100);
  assert.equal(offsetMs(heard(quick, 11_000, 1_900)), 9_900);
});

test('a quicker message corrects what slow ones said', () => {
  assert.equal(offsetMs(heard(heard(NO_SERVER_CLOCK, 10_000, 900), 11_000, 1_100)), 9_900);
});

test('a clock that was stepped, either way, is followed at once', () => {
  const before = heard(NO_SERVER_CLOCK, 10_000, 0);
  assert.equal(offsetMs(heard(before, 4_999, 0)), 4_999);
  assert.equal(offsetMs(heard(before, 15_001, 0)), 15_001);
});

test('a reading is forgotten, so that a clock that drifts back is followed', () => {
  let clock = heard(NO_SERVER_CLOCK, 1_000, 0);
  for (let message = 1; message <= 30; message += 1) clock = heard(clock, 900, 0);
  assert.equal(offsetMs(clock), 900);
});
