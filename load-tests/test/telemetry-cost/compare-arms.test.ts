import assert from 'node:assert/strict';
import test from 'node:test';
import { type ArmRun, armOrder, compareArms } from '../../src/telemetry-cost/compare-arms.ts';

const run = (arm: string, round: number, ms: number): ArmRun => ({
  arm,
  round,
  p50Ms: ms,
  p99Ms: ms * 2,
  hotCpuMs: 10,
  watchCpuMs: ms * 10,
  spans: arm === 'off' ? 0 : 7,
});

test('arms are compared within a round, so that a slow minute of the machine is in neither’s disfavour', () => {
  const comparisons = compareArms(
    [
      run('off', 0, 1),
      run('on', 0, 1.1),
      run('off', 1, 10),
      run('on', 1, 11),
      run('off', 2, 2),
      run('on', 2, 2),
    ],
    'off',
  );
  const on = comparisons.find(({ arm }) => arm === 'on');
  assert.equal(on?.ratio.p50Ms.median.toFixed(3), '1.100');
  assert.equal(on?.ratio.p50Ms.min, 1);
  assert.equal(on?.ratio.hotCpuMs.max, 1);
  assert.equal(on?.median.p50Ms, 2);
  assert.equal(on?.spans, 21);
});

test('a round in which the arm without a collector is missing says nothing', () => {
  const [on] = compareArms([run('on', 0, 1), run('on', 1, 3), run('off', 1, 2)], 'off');
  assert.equal(on?.ratio.p50Ms.median, 1.5);
});

test('over as many rounds as there are arms each arm takes each place', () => {
  const places = [0, 1, 2].map((round) => armOrder(['a', 'b', 'c'], round).join(''));
  assert.deepEqual(places, ['abc', 'bca', 'cab']);
});
