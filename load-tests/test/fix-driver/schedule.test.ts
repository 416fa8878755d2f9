import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { seededRandom } from '@tapeclock/ports/virtual';
import { arrivals, type Phase, type Spacing } from '../../src/fix-driver/schedule.ts';

const dueOf = (phases: readonly Phase[], spacing: Spacing, seed = 1) => [
  ...arrivals(phases, spacing, seededRandom(seed)),
];

test('even arrivals are as many as rate times seconds, alike far apart', () => {
  const due = dueOf([{ ratePerSecond: 250, seconds: 4 }], 'even');
  assert.equal(due.length, 1_000);
  assert.deepEqual([due[0], due[1], due[999]], [0n, 4_000_000n, 3_996_000_000n]);
});

test('a rate below one and a broken one are kept', () => {
  assert.deepEqual(dueOf([{ ratePerSecond: 0.5, seconds: 6 }], 'even'), [
    0n,
    2n * NS_PER_SECOND,
    4n * NS_PER_SECOND,
  ]);
  assert.equal(dueOf([{ ratePerSecond: 2.5, seconds: 10 }], 'even').length, 25);
});

test('Poisson arrivals keep the rate over time, come in order, and the same seed makes the same', () => {
  const phases = [{ ratePerSecond: 1_000, seconds: 20 }];
  const due = dueOf(phases, 'poisson');
  assert.ok(Math.abs(due.length - 20_000) < 600, String(due.length));
  assert.ok(due.every((atNs, index) => index === 0 || atNs >= due[index - 1]!));
  assert.deepEqual(due, dueOf(phases, 'poisson'));
  assert.notDeepEqual(due, dueOf(phases, 'poisson', 2));
});

test('Poisson gaps are those of independent traders: about 1/e of them are longer than the mean', () => {
  const due = dueOf([{ ratePerSecond: 1_000, seconds: 20 }], 'poisson');
  const longer = due.filter((atNs, index) => index > 0 && atNs - due[index - 1]! > 1_000_000n).length;
  assert.ok(Math.abs(longer / due.length - Math.exp(-1)) < 0.02, String(longer / due.length));
});

test('each phase keeps to its own time, a pause sends nothing', () => {
  const due = dueOf(
    [
      { ratePerSecond: 10, seconds: 1 },
      { ratePerSecond: 0, seconds: 1 },
      { ratePerSecond: 100, seconds: 1 },
    ],
    'even',
  );
  const inSecond = (second: bigint) => due.filter((atNs) => atNs / NS_PER_SECOND === second).length;
  assert.deepEqual([inSecond(0n), inSecond(1n), inSecond(2n), due.length], [10, 0, 100, 110]);
});
