import assert from 'node:assert/strict';
import test from 'node:test';
import { FAULT_KINDS } from '../src/index.ts';
import { holdSeeds } from './hold-seeds.ts';

/** What a row of this length must have gone through, or it proves less than it seems to. */
const WAYS = [
  'accepted by ANSWER',
  'accepted by RESEND',
  'in doubt: DISCONNECTED → RESEND',
  'in doubt: RESTARTED → RESEND',
  'in doubt: SILENCE → QUERY',
  'in doubt: SILENCE → PERSON',
  'held: SESSION_DOWN',
  'held: FACILITY_RETRY',
  'rejected: RETRY',
  'rejected: FIX_DATA',
  'repair: enrichment',
  'repair: facility',
  'breached',
];

test('seeds 0 to 54 keep every invariant, and go through every fault and every way out of doubt', async () => {
  const { faults, coverage } = await holdSeeds(0, 55);
  assert.deepEqual(
    FAULT_KINDS.filter((kind) => !faults.has(kind)),
    [],
  );
  assert.deepEqual(
    WAYS.filter((way) => !coverage.has(way)),
    [],
  );
});
