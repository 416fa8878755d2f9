import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnyEvent } from '@tapeclock/schemas';
import { foldRepairClosed, foldTrade } from '../../src/read-model/projection/fold-trade.ts';
import { newTrade } from '../../src/read-model/projection/trade-record.ts';
import { lateTrade } from '../../src/views/rows.ts';
import {
  accepted,
  breached,
  idOf,
  intended,
  lineageOf,
  met,
  repairClosed,
  repairOpened,
  reportable,
  trade,
} from '../events.ts';

const E1 = trade('E1');

function reasonAfter(...events: readonly AnyEvent[]): string {
  const row = newTrade(idOf(E1), lineageOf(E1));
  for (const event of events) {
    if (event.type === 'RepairClosed') foldRepairClosed(row, event.event);
    else foldTrade(row, event);
  }
  return lateTrade(row).reason;
}

test('a late row says whether a report is still missing, came late, or was in time by the facility’s own time', () => {
  const open = [reportable(E1), intended(E1), breached(E1)];
  assert.match(reasonAfter(...open), /^The window closed and no report is accepted yet/);
  assert.match(reasonAfter(...open, accepted(E1, 12_000n), met(E1, 12_000n)), /^Accepted 2000 ms after/);
  // The answer took longer than what was left of the window: breached here, in time there.
  assert.match(reasonAfter(...open, accepted(E1, 9_990n), met(E1, 9_990n)), /^Accepted inside the window/);
});

test('a late row that a person has settled is not said to be waiting for a report', () => {
  const waiting = [repairOpened(E1), breached(E1)];
  assert.match(reasonAfter(...waiting), /no report is accepted yet/);
  assert.match(reasonAfter(...waiting, repairClosed(E1)), /its next revision/);
  assert.match(reasonAfter(...waiting, repairClosed(E1, 'DISCARDED')), /nothing was reported/);
});
