import assert from 'node:assert/strict';
import test from 'node:test';
import { Capacity } from '../../src/forecast/capacity.ts';
import { breachInNs } from '../../src/forecast/forecast.ts';
import { SECOND, T0 } from '../samples.ts';

/** Looks once a second: how many were accepted in that second, and how many are open at its end. */
function seen(...seconds: readonly (readonly [accepted: number, open: number])[]) {
  const capacity = new Capacity(20);
  capacity.look(0, T0);
  seconds.forEach(([accepted, open], index) => {
    for (let n = 0; n < accepted; n += 1) capacity.accepted();
    capacity.look(open, T0 + BigInt(index + 1) * SECOND);
  });
  return capacity.service();
}

test('a trickle says nothing of how fast a backlog can be served', () => {
  assert.equal(seen([2, 0], [2, 0], [2, 500]), null, 'the backlog has only just come');
  assert.deepEqual(seen([2, 0], [2, 500], [200, 300]), { rateE3: 200_000n, resumesInNs: 0n });
});

test('a stall is expected to last as long again, and then what was shown before', () => {
  assert.deepEqual(seen([200, 100], [200, 100], [0, 300]), { rateE3: 200_000n, resumesInNs: SECOND });
  assert.deepEqual(seen([200, 100], [200, 100], [0, 300], [0, 500], [0, 700]), {
    rateE3: 200_000n,
    resumesInNs: 3n * SECOND,
  });
});

test('a lane that comes back slowly is believed to be half-way between what it does and what it can do', () => {
  const back = seen([200, 100], [200, 100], [0, 300], [0, 500], [100, 600]);
  assert.deepEqual(back, { rateE3: 150_000n, resumesInNs: 0n });
  const slow = seen([200, 100], [200, 100], [0, 300], [0, 500], [100, 600], [100, 600], [100, 600]);
  assert.deepEqual(slow, { rateE3: 100_000n, resumesInNs: 0n }, 'and no longer than the stall lasted');
});

test('a clock that was stepped makes nothing of the stretch it was stepped in', () => {
  const capacity = new Capacity(20);
  capacity.look(100, T0);
  for (let n = 0; n < 50; n += 1) capacity.accepted();
  capacity.look(100, T0 - 5n * SECOND);
  assert.equal(capacity.service(), null);
});

test('the first report that waits longer than its time is the breach, at its own due time', () => {
  const due = [1n, 2n, 3n].map((second) => T0 + second * SECOND);
  const service = (rateE3: bigint, resumesInNs = 0n) => ({ rateE3, resumesInNs });
  assert.equal(breachInNs(due, service(1_000n), T0), null);
  assert.equal(breachInNs(due, service(900n), T0), SECOND);
  assert.equal(breachInNs(due, service(3_000n), T0), null);
  assert.equal(breachInNs(due, service(3_000n, SECOND), T0), SECOND, 'resumes too late for the first');
  assert.equal(breachInNs(due, service(0n), T0 + 2n * SECOND), 0n);
});
