import assert from 'node:assert/strict';
import test from 'node:test';
import { troubleOf } from '../../src/lineage/lineage.ts';
import { LineageStore } from '../../src/lineage/lineage-store.ts';

const LIMITS = { horizonNs: 100n, repairHorizonNs: 1_000n, lineagesMax: 1_000 };

test('what is older than the horizon is forgotten as others arrive', () => {
  const store = new LineageStore(LIMITS);
  store.touch('A', 0n);
  store.touch('B', 50n);
  store.touch('C', 101n);
  assert.equal(store.get('A'), undefined);
  assert.notEqual(store.get('B'), undefined);
  assert.equal(store.counts.evictedEarly, 0);
});

test('a touch makes young again', () => {
  const store = new LineageStore(LIMITS);
  store.touch('A', 0n);
  store.touch('B', 50n);
  store.touch('A', 90n);
  store.touch('C', 151n);
  assert.notEqual(store.get('A'), undefined);
  assert.equal(store.get('B'), undefined);
});

test('what was ever in repair is kept longer', () => {
  const store = new LineageStore(LIMITS);
  troubleOf(store.touch('A', 0n));
  store.touch('B', 500n);
  assert.notEqual(store.get('A'), undefined);
  for (let n = 0; n < 4; n += 1) store.touch(`C${n}`, 1_500n);
  assert.equal(store.get('A'), undefined);
});

test('the number is bounded, and forgetting too early is counted', () => {
  const store = new LineageStore({ ...LIMITS, lineagesMax: 3 });
  for (let n = 0; n < 10; n += 1) store.touch(`L${n}`, 1n);
  assert.ok(store.size <= 3);
  assert.ok(store.counts.evictedEarly >= 7);
});
