import assert from 'node:assert/strict';
import test from 'node:test';
import type { AnyEvent } from '@tapeclock/schemas';
import { foldTrade } from '../../src/read-model/projection/fold-trade.ts';
import { newTrade } from '../../src/read-model/projection/trade-record.ts';
import { lateTrade } from '../../src/views/rows.ts';
import { accepted, breached, idOf, intended, lineageOf, met, reportable, trade } from '../events.ts';

const E1 = trade('E1');

function reasonAfter(...events: readonly AnyEvent[]): string {
  const row = newTrade(idOf(E1), lineageOf(E1));
  for (const event of events) foldTrade(row, event);
  return lateTrade(row).reason;
}

test('a late row says whether a report is still missing, came late, or was in time by the facility’s own time', () => {
  const open = [reportable(E1), intended(E1), breached(E1)];
  assert.match(reasonAfter(...open), /^The window closed and no report is accepted yet/);
  assert.match(reasonAfter(...open, accepted(E1, 12_000n), met(E1, 12_000n)), /^Accepted 2000 ms after/);
  // The answer took longer than what was left of the window: breached here, in time there.
  assert.match(reasonAfter(...open, accepted(E1, 9_990n), met(E1, 9_990n)), /^Accepted inside the window/);
});
