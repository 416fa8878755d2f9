import assert from 'node:assert/strict';
import test from 'node:test';
import { catReportDueNs, catTimestamp, catTradingDay, rulebookCatCalendar } from '../../src/cat/index.ts';
import { RULEBOOK } from '../rulebook/rulebook-files.ts';
import { at } from './trade-fixture.ts';

const calendar = rulebookCatCalendar(RULEBOOK);
const due = (event: string): string =>
  catTimestamp(catReportDueNs(catTradingDay(at(event), calendar), calendar)).text;

test('Thanksgiving is no trading day, and the day after closes at one', () => {
  assert.equal(calendar.isTradingDay('20261126'), false);
  assert.equal(calendar.closeMinute('20261127'), 13 * 60);
  assert.equal(calendar.closeMinute('20261125'), 16 * 60);
  assert.equal(due('20261125T161500.000'), '20261127T080000.000');
  assert.equal(due('20261127T131500.001'), '20261201T080000.000');
});

test('weekends and dates beyond the rulebook are no trading days', () => {
  assert.equal(calendar.isTradingDay('20261121'), false);
  assert.equal(calendar.isTradingDay('20261331'), false);
});
