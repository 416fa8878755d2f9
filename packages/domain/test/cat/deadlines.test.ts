import assert from 'node:assert/strict';
import test from 'node:test';
import {
  type CatCalendar,
  catRepairDueNs,
  catReportDueNs,
  catTimestamp,
  catTradingDay,
  WEEKDAY_CALENDAR,
} from '../../src/cat/index.ts';
import { at } from './trade-fixture.ts';

/** Thanksgiving week 2026: closed on the 26th, half day on the 27th. */
const calendar: CatCalendar = {
  isTradingDay: (date) => date !== '20261126' && WEEKDAY_CALENDAR.isTradingDay(date),
  closeMinute: (date) => (date === '20261127' ? 13 * 60 : 16 * 60),
};
const due = (event: string): string =>
  catTimestamp(catReportDueNs(catTradingDay(at(event), calendar), calendar)).text;
const repairDue = (event: string): string =>
  catTimestamp(catRepairDueNs(catTradingDay(at(event), calendar), calendar)).text;

test('Friday morning is due on Monday, repairs on Wednesday', () => {
  assert.equal(due('20261120T110000.000'), '20261123T080000.000');
  assert.equal(repairDue('20261120T110000.000'), '20261125T080000.000');
});

test('Friday after the cut belongs to Monday, due on Tuesday; repairs skip the holiday', () => {
  assert.equal(due('20261120T162000.000'), '20261124T080000.000');
  assert.equal(repairDue('20261120T162000.000'), '20261127T080000.000');
});

test('the cut itself is still today', () => {
  assert.equal(catTradingDay(at('20261120T161500.000'), calendar), '20261120');
  assert.equal(catTradingDay(at('20261120T161500.000') + 1n, calendar), '20261123');
});

test('on a half day the cut is 15 minutes after the early close', () => {
  assert.equal(catTradingDay(at('20261127T131500.000'), calendar), '20261127');
  assert.equal(catTradingDay(at('20261127T131500.001'), calendar), '20261130');
});

test('weekend and holiday belong to the next trading day', () => {
  assert.equal(catTradingDay(at('20261121T120000.000'), calendar), '20261123');
  assert.equal(catTradingDay(at('20261126T100000.000'), calendar), '20261127');
});

test('eight in the morning stays eight across the time change', () => {
  assert.equal(due('20261030T110000.000'), '20261102T080000.000');
  assert.equal(due('20260306T110000.000'), '20260309T080000.000');
});

test('a calendar that never opens is refused', () => {
  assert.throws(
    () => catTradingDay(at('20261120T110000'), { isTradingDay: () => false, closeMinute: () => 960 }),
    /no trading day/,
  );
});
