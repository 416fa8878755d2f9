import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_STAMPS } from '@tapeclock/schemas';
import { attribute, worstStage } from '../../src/obligation/attribution.ts';
import { SECOND, T0 } from '../samples.ts';

test('the time until a person had put a trade right is the repair’s, not enrichment’s', () => {
  const stamps = {
    ...NO_STAMPS,
    executedNs: T0,
    enrichedNs: T0 + 59n * SECOND,
    intendedNs: T0 + 60n * SECOND,
    sentNs: T0 + 60n * SECOND,
  };
  const shares = attribute(stamps, T0 + 61n * SECOND);
  assert.deepEqual(
    shares.map(({ stage, durationNs }) => [stage, durationNs / SECOND]),
    [
      ['repair', 59n],
      ['reporter queue', 1n],
      ['send', 0n],
      ['facility', 1n],
    ],
  );
  assert.equal(worstStage(shares), 'repair');
});

test('a trade that came through a gateway has its time told by enrichment, whichever stamp is missing', () => {
  const enrichedNs = T0 + 2n * SECOND;
  for (const stamps of [{ receivedNs: T0 + SECOND }, { loggedNs: T0 + SECOND }]) {
    const shares = attribute({ ...NO_STAMPS, executedNs: T0, enrichedNs, ...stamps }, T0 + 3n * SECOND);
    assert.deepEqual(
      shares.map(({ stage }) => stage),
      ['receivedNs' in stamps ? 'source' : 'gateway', 'enrichment', 'facility'],
    );
  }
});
