import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../src/index.ts';

test('no timer runs before its time, however the host rounds', async () => {
  const clock = systemClock();
  const early: bigint[] = [];
  const waits = Array.from({ length: 300 }, (_, index) => BigInt(index) * 100_000n + 37n);
  await Promise.all(
    waits.map(
      (delayNs) =>
        new Promise<void>((resolve) => {
          const dueNs = clock.monotonicNs() + delayNs;
          clock.after(delayNs, () => {
            if (clock.monotonicNs() < dueNs) early.push(dueNs);
            resolve();
          });
        }),
    ),
  );
  assert.deepEqual(early, []);
});

test('a timer that was cancelled does not run, also while the rest of its time is waited for', async () => {
  const clock = systemClock();
  let ran = false;
  const timer = clock.after(1_500_000n, () => {
    ran = true;
  });
  await new Promise<void>((resolve) => clock.after(1_000_000n, resolve));
  timer.cancel();
  const wasRun = ran;
  await new Promise<void>((resolve) => clock.after(3_000_000n, resolve));
  assert.equal(ran, wasRun);
});

test('an offset shifts the wall and leaves the monotonic clock alone', () => {
  const day = 86_400_000_000_000n;
  const [host, demo] = [systemClock(), systemClock(day)];
  const shifted = demo.nowNs() - host.nowNs();
  assert.ok(shifted > day - 10_000_000_000n && shifted < day + 10_000_000_000n);
  assert.ok(demo.monotonicNs() - host.monotonicNs() < 10_000_000_000n);
});
