import assert from 'node:assert/strict';
import test from 'node:test';
import { facilityForecast } from '../../src/views/facility-forecast.ts';
import { TEN } from '../events.ts';

const lane = (partition: number, breachInNs: bigint | null) => ({
  lane: `forecast/ADF/${partition}`,
  facility: 'ADF',
  open: 100n,
  service_rate_e3: 2_500n,
  breach_in_ns: breachInNs,
  nearest_due_ns: TEN + BigInt(partition),
  at_ns: TEN,
});

test('a facility has the backlog of all its lanes and the breach that is nearest', () => {
  const told = facilityForecast('ADF', [lane(0, null), lane(1, 4_000_000_000n), lane(2, 2_500_000_000n)]);
  assert.deepEqual([told?.open, told?.servicePerSecond, told?.breachInMs], [300, 7.5, 2_500]);
  assert.equal(facilityForecast('ADF', [lane(0, null)])?.breachInMs, null);
  assert.equal(facilityForecast('ORF', []), null);
});
