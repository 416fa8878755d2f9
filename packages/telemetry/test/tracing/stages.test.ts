import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { stageTimes } from '../../src/index.ts';
import { MS, sampleTrade, T } from './sample-trade.ts';

test('splits a trade into its stages, to the nanosecond', () => {
  assert.deepEqual(
    stageTimes(sampleTrade('1').stamps).map(({ stage, startNs, endNs }) => [stage, endNs - startNs]),
    [
      ['source', 2n * MS],
      ['gateway', MS],
      ['enrichment', MS],
      ['intent', 2n * MS],
      ['send', 1n],
      ['facility', 3n * MS - 1n],
    ],
  );
});

test('a trade that a person put right counts the time until then as repair, not as enrichment', () => {
  const stamps = { ...sampleTrade('1').stamps, receivedNs: null, loggedNs: null };
  assert.deepEqual(
    stageTimes(stamps).map(({ stage }) => stage),
    ['repair', 'intent', 'send', 'facility'],
  );
});

test('whatever stamps are missing or stepped back, no stage is negative and the parts sum up to the whole', () => {
  const instant = fc.option(fc.bigInt({ min: T - MS, max: T + 20n * MS }));
  fc.assert(
    fc.property(fc.array(instant, { minLength: 7, maxLength: 7 }), (all) => {
      const [
        executedNs = null,
        receivedNs = null,
        loggedNs = null,
        enrichedNs = null,
        intendedNs = null,
        sentNs = null,
        answeredNs = null,
      ] = all;
      const given = {
        ...sampleTrade('1').stamps,
        executedNs,
        receivedNs,
        loggedNs,
        enrichedNs,
        intendedNs,
        sentNs,
        answeredNs,
      };
      const times = stageTimes(given);
      let atNs = executedNs ?? receivedNs;
      for (const { startNs, endNs } of times) {
        assert.equal(startNs, atNs);
        assert.ok(endNs >= startNs);
        atNs = endNs;
      }
    }),
  );
});
