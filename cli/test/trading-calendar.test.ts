import assert from 'node:assert/strict';
import test from 'node:test';
import { dayNumberFromDate } from '@tapeclock/domain';
import { loadRulebook } from '@tapeclock/service';
import { RULEBOOK_FOLDER } from '../src/product-folders.ts';
import { tradingCalendar } from '../src/trading-calendar.ts';

const calendar = tradingCalendar(await loadRulebook(RULEBOOK_FOLDER));
const day = (date: string): number => dayNumberFromDate(date) ?? 0;

test('holidays and weekends are closed, a half day closes at 13:00 and is not shown in a demo', () => {
  assert.equal(calendar.isTradingDay('20261126'), false);
  assert.equal(calendar.isTradingDay('20261128'), false);
  assert.equal(calendar.isTradingDay('20261127'), true);
  assert.equal(calendar.closeMinute('20261127'), 780);
  assert.equal(calendar.closeMinute('20261124'), 960);
  assert.equal(calendar.isFullDay(day('2026-11-27')), false);
  assert.equal(calendar.isFullDay(day('2026-11-26')), false);
  assert.equal(calendar.isFullDay(day('2026-11-24')), true);
});
