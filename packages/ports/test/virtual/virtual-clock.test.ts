import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { virtualClock } from '../../src/virtual/index.ts';

test('timers run in order of time, and among equals in order of scheduling', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.bigInt({ min: 0n, max: 50n }), { maxLength: 40 }), async (delays) => {
      const clock = virtualClock(0n);
      const ran: { delay: bigint; index: number }[] = [];
      delays.forEach((delay, index) => {
        clock.after(delay, () => ran.push({ delay, index }));
      });
      await clock.advance(50n);
      const expected = delays
        .map((delay, index) => ({ delay, index }))
        .sort((a, b) => Number(a.delay - b.delay) || a.index - b.index);
      assert.deepEqual(ran, expected);
    }),
    { numRuns: 50 },
  );
});

test('a promise chain started by a timer settles before the next timer runs', async () => {
  const clock = virtualClock(0n);
  const order: string[] = [];
  clock.after(1n, async () => {
    for (let i = 0; i < 100; i += 1) await null;
    order.push('chain done');
  });
  clock.after(1n, () => order.push('second timer'));
  await clock.advance(1n);
  assert.deepEqual(order, ['chain done', 'second timer']);
});

test('a cancelled timer never runs', async () => {
  const clock = virtualClock(0n);
  clock.after(1n, () => assert.fail('ran')).cancel();
  await clock.advance(5n);
  assert.equal(clock.nextTimerNs(), null);
});

test('a stepped wall clock leaves timers and the monotonic clock alone', async () => {
  const clock = virtualClock(100n);
  let ranAt: bigint | null = null;
  clock.after(10n, () => {
    ranAt = clock.monotonicNs();
  });
  clock.step(-50n);
  assert.equal(clock.nowNs(), 50n);
  await clock.advance(10n);
  assert.equal(ranAt, 110n);
});
