import assert from 'node:assert/strict';
import test from 'node:test';
import { SCENARIOS } from '../../src/load/scenarios.ts';

const scenario = (name: string) => SCENARIOS.find((known) => known.name === name)!;
const phasesOf = (name: string, rate: number, seconds: number) =>
  scenario(name).phases({ ...scenario(name).defaults, rate, seconds });

test('a burst is twenty times the rate, between two spells of the rate', () => {
  assert.deepEqual(phasesOf('burst', 100, 9), [
    { ratePerSecond: 100, seconds: 3 },
    { ratePerSecond: 2_000, seconds: 3 },
    { ratePerSecond: 100, seconds: 3 },
  ]);
});

test('a ramp goes up to the rate, stays and comes down again, and offers half the top on its slopes', () => {
  const phases = phasesOf('ramp', 100, 30);
  assert.equal(
    phases.reduce((sum, { seconds }) => sum + seconds, 0),
    30,
  );
  const rates = phases.map(({ ratePerSecond }) => ratePerSecond);
  assert.equal(Math.max(...rates), 100);
  assert.deepEqual(rates, rates.toReversed());
  const offered = phases.reduce((sum, { ratePerSecond, seconds }) => sum + ratePerSecond * seconds, 0);
  assert.equal(offered, 500 + 1_000 + 500);
});

test('only the burst has to be refused', () => {
  assert.deepEqual(
    SCENARIOS.filter(({ mustRefuse }) => mustRefuse).map(({ name }) => name),
    ['burst'],
  );
});
