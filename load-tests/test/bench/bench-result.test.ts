import assert from 'node:assert/strict';
import test from 'node:test';
import { distribution } from '../../src/account/distribution.ts';
import { isAccounted, judgeTargets } from '../../src/bench/bench-result.ts';
import { madeUpRun } from './made-up-run.ts';

const p99 = (ms: number) => ({
  latencyMs: { ...madeUpRun(1).latencyMs, bytesInToBytesOut: distribution([ms]) },
});

test('offered = taken + refused and taken = accepted + repairs, or something is lost', () => {
  assert.ok(isAccounted(madeUpRun(500)));
  assert.ok(isAccounted(madeUpRun('max', { offered: 1_500, refused: 500 })));
  assert.ok(isAccounted(madeUpRun(500, { accepted: 990, repairs: 10 })));
  assert.ok(!isAccounted(madeUpRun(500, { offered: 1_001 })));
  assert.ok(!isAccounted(madeUpRun(500, { accepted: 999 })));
  assert.ok(!isAccounted(madeUpRun(500, { exceptions: { ACCEPTED_TWICE: 1 } })));
});

test('2,000/s is held to 25 ms at p99 and to losing nothing; one does not excuse the other', () => {
  const met = (change: object) => judgeTargets([madeUpRun(2_000, change)])[0]?.met;
  assert.equal(met(p99(25)), true);
  assert.equal(met(p99(25.1)), false);
  assert.equal(met({ ...p99(5), accepted: 999 }), false);
  assert.equal(met({ ...p99(5), offered: 1_001, refused: 1 }), false);
});

test('5,000/s may be slow but not late, breached or lossy; other rates have no target', () => {
  const met = (change: object) => judgeTargets([madeUpRun(5_000, change)])[0]?.met;
  assert.equal(met(p99(9_000)), true);
  for (const change of [{ late: 1 }, { breached: 1 }, { taken: 999 }]) assert.equal(met(change), false);
  assert.deepEqual(judgeTargets([madeUpRun(500), madeUpRun('max')]), []);
});
