import assert from 'node:assert/strict';
import test from 'node:test';
import { seededRandom } from '@tapeclock/ports/virtual';
import { createEventCodec, embeddedRegistry, releasedSchemas } from '@tapeclock/schemas';
import { drawOverload } from '../../bench/forecast/overload.ts';
import { play } from '../../bench/forecast/play.ts';
import { score } from '../../bench/forecast/score.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

test('on sixty simulated overloads every breach is foretold, most alarms are right, and there is time to act', () => {
  const random = seededRandom(3);
  const runs = Array.from({ length: 60 }, () => {
    const played = play(drawOverload(random), random, codec);
    return { alarms: played.forecast, breachesAt: played.breachesAt };
  });
  const { episodes, precision, recall, leadSeconds } = score(runs);
  assert.ok(episodes >= 8, `${episodes} episodes prove little`);
  assert.ok(recall >= 0.95, `recall ${recall}`);
  assert.ok(precision >= 0.7, `precision ${precision}`);
  assert.ok(leadSeconds.p50 >= 4 && leadSeconds.p10 >= 2, JSON.stringify(leadSeconds));
});

test('an alarm counts as right when a breach follows while it is up, and a breach as foretold when one was up before', () => {
  const told = score([
    { alarms: [{ from: 1, to: 30 }], breachesAt: [20, 21, 40] },
    { alarms: [{ from: 1, to: 2 }], breachesAt: [] },
  ]);
  assert.deepEqual(told, {
    alarms: 2,
    episodes: 2,
    precision: 0.5,
    recall: 0.5,
    leadSeconds: { p10: 19, p50: 19 },
  });
});
