import assert from 'node:assert/strict';
import test from 'node:test';
import { seededRandom } from '@tapeclock/ports/virtual';
import { loadExecution } from '../../src/executions/load-execution.ts';
import { loadRecord } from '../../src/executions/load-record.ts';

const universe = { nms: ['IBM', 'AAPL'], otc: ['OTCX'], contras: ['ALPB', 'WXYZ'] };
const given = { id: 'T-1', mpid: 'TCLK', executedNs: 1_795_532_400_000_000_001n };
const SIDES: Readonly<Record<string, readonly [string, string | undefined]>> = {
  '1': ['B', undefined],
  '2': ['S', undefined],
  '5': ['S', 'S'],
};

test('the same seed offers the same trades over REST as over FIX', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const fields = loadExecution(seededRandom(seed), universe, given);
    const record = loadRecord(seededRandom(seed), universe, given);
    const of = (tag: number): string => String(fields.find(([found]) => found === tag)?.[1]);
    assert.deepEqual(
      [record.symbol, record.quantity, record.price, record.capacity],
      [of(55), of(32), of(31), of(528)],
    );
    assert.deepEqual([record.side, record.shortSale], SIDES[of(54)]);
  }
});

test('numbers are text, and the execution time is the scheduled instant to the nanosecond', () => {
  const record = loadRecord(seededRandom(1), universe, given);
  assert.ok(Object.values(record).every((value) => typeof value === 'string'));
  assert.match(record.executedAt ?? '', /^2026-11-24T15:00:00\.000000001Z$/);
});
