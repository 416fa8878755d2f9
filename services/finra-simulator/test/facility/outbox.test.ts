import assert from 'node:assert/strict';
import test from 'node:test';
import type { Clock } from '@tapeclock/ports';
import { virtualClock } from '@tapeclock/ports/virtual';
import { Outbox } from '../../src/facility/outbox.ts';

const MS = 1_000_000n;

test('what was dealt a long latency is not overtaken by what comes after it', async () => {
  const clock = virtualClock();
  const left: number[] = [];
  const outbox = new Outbox(clock, (bytes) => left.push(bytes[0]!));
  outbox.put(Uint8Array.of(1), 5n * MS);
  outbox.put(Uint8Array.of(2), 1n * MS);
  await clock.advance(4n * MS);
  assert.deepEqual(left, []);
  await clock.advance(1n * MS);
  assert.deepEqual(left, [1, 2]);
});

test('timers that fire out of order, as a host rounds them, do not reorder answers', async () => {
  const clock = virtualClock();
  const rounding: Clock = {
    ...clock,
    after: (delayNs, run) => clock.after(((delayNs + MS - 1n) / MS) * MS, run),
  };
  const left: number[] = [];
  const outbox = new Outbox(rounding, (bytes) => left.push(bytes[0]!));
  outbox.put(Uint8Array.of(1), 2_100_000n);
  await clock.advance(300_000n);
  outbox.put(Uint8Array.of(2), 1_800_000n);
  await clock.advance(10n * MS);
  assert.deepEqual(left, [1, 2]);
});
