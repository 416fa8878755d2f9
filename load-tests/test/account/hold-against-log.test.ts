import assert from 'node:assert/strict';
import test from 'node:test';
import { executionIdOf, holdAgainstLog, isWhole } from '../../src/account/hold-against-log.ts';
import { type Fate, Ledger } from '../../src/account/ledger.ts';

const RUN = 'R1';
const ledgerOf = (...fates: readonly Exclude<Fate, 'pending'>[]): Ledger => {
  const ledger = new Ledger();
  for (const fate of fates) ledger.settle(ledger.offer(), fate);
  return ledger;
};
/** How often the log has execution 1, 2, … */
const logOf = (...times: readonly number[]) =>
  new Map(times.map((count, index) => [executionIdOf(RUN, index + 1), count] as const));

test('taken and once on the log, refused and not there: all is whole', () => {
  const account = holdAgainstLog(ledgerOf('taken', 'refused', 'unsent', 'taken'), RUN, logOf(1, 0, 0, 1));
  assert.ok(isWhole(account));
  const { offered, taken, refused, unsent, unknown } = account;
  assert.deepEqual([offered, taken + refused + unsent + unknown], [4, 4]);
});

test('what was answered as taken and is not on the log is named', () => {
  const account = holdAgainstLog(ledgerOf('taken', 'taken'), RUN, logOf(1, 0));
  assert.deepEqual(account.missing, ['R1-2']);
  assert.ok(!isWhole(account));
});

test('twice on the log is named, and so is what is there though refused or never sent', () => {
  const account = holdAgainstLog(ledgerOf('taken', 'refused', 'unsent'), RUN, logOf(2, 1, 1));
  assert.deepEqual([account.twice, account.uncalledFor], [['R1-1'], ['R1-2', 'R1-3']]);
  assert.ok(!isWhole(account));
});

test('without an answer nothing was promised: it is listed by what the log says, and is no loss', () => {
  const account = holdAgainstLog(ledgerOf('unknown', 'unknown'), RUN, logOf(1, 0));
  assert.deepEqual([account.unknownOnLog, account.unknownNotOnLog], [['R1-1'], ['R1-2']]);
  assert.ok(isWhole(account));
});

test('an execution without a fate is not whole', () => {
  const ledger = ledgerOf('taken');
  ledger.offer();
  assert.ok(!isWhole(holdAgainstLog(ledger, RUN, logOf(1))));
});
