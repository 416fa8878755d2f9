import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TICK_NS, TimingWheel } from '../../src/wheel/timing-wheel.ts';

const ORIGIN = 1_795_000_000_123_456_789n;
/** From within one tick to five months: every level of the wheel that a trading system can reach, and two beyond. */
const delayNs = fc
  .tuple(fc.integer({ min: 0, max: 53 }), fc.bigInt({ min: 0n, max: 1n << 53n }))
  .map(([bits, value]) => value & ((1n << BigInt(bits)) - 1n));

test('fires nothing early and nothing later than one tick after its time', () => {
  fc.assert(
    fc.property(
      fc.array(delayNs, { maxLength: 60 }),
      fc.array(delayNs, { minLength: 1, maxLength: 40 }),
      (delays, steps) => {
        const wheel = new TimingWheel<bigint>();
        for (const delay of delays) wheel.schedule(ORIGIN + delay, ORIGIN + delay);
        const open = new Set(delays.map((delay) => ORIGIN + delay));
        let nowNs = ORIGIN;
        for (const step of steps) {
          nowNs += step;
          wheel.advance(nowNs, (atNs) => {
            assert.ok(atNs <= nowNs, 'fired early');
            open.delete(atNs);
          });
          for (const atNs of open) assert.ok(atNs > nowNs - TICK_NS, 'still waiting after its tick');
        }
      },
    ),
  );
});

test('in any order of inserts, cancels and turns it holds exactly what a plain list would', () => {
  const command = fc.oneof(
    fc.record({ kind: fc.constant('insert' as const), delayNs }),
    fc.record({ kind: fc.constant('cancel' as const), which: fc.nat() }),
    fc.record({ kind: fc.constant('turn' as const), delayNs }),
    fc.record({ kind: fc.constant('turnToNext' as const) }),
  );
  fc.assert(
    fc.property(fc.array(command, { maxLength: 120 }), (commands) => {
      const wheel = new TimingWheel<number>();
      const open = new Map<number, { atNs: bigint; handle: number }>();
      let nowNs = ORIGIN;
      let serial = 0;
      const turnTo = (atNs: bigint) => {
        nowNs = atNs > nowNs ? atNs : nowNs;
        wheel.advance(nowNs, (item) => {
          assert.ok(
            (open.get(item)?.atNs ?? nowNs + 1n) <= nowNs,
            'fired early, or twice, or after its cancel',
          );
          open.delete(item);
        });
        for (const { atNs } of open.values()) assert.ok(atNs > nowNs - 2n * TICK_NS, 'forgotten');
      };
      turnTo(nowNs);
      for (const told of commands) {
        if (told.kind === 'insert') {
          const atNs = nowNs + told.delayNs - TICK_NS;
          open.set(serial, { atNs, handle: wheel.schedule(atNs, serial) });
          serial += 1;
        } else if (told.kind === 'cancel') {
          const [item, entry] = [...open][told.which % Math.max(1, open.size)] ?? [];
          if (item === undefined || entry === undefined) continue;
          wheel.cancel(entry.handle);
          open.delete(item);
        } else turnTo(told.kind === 'turn' ? nowNs + told.delayNs : (wheel.nextNs() ?? nowNs));
        assert.equal(wheel.size, open.size);
        assert.equal(wheel.nextNs() === null, open.size === 0);
      }
    }),
    { numRuns: 400 },
  );
});

test('nextNs never lies more than a tick beyond the earliest entry, and stepping to it ends when all has fired', () => {
  fc.assert(
    fc.property(fc.array(delayNs, { minLength: 1, maxLength: 30 }), (delays) => {
      const wheel = new TimingWheel<bigint>();
      for (const delay of delays) wheel.schedule(ORIGIN + delay, ORIGIN + delay);
      const waiting = delays.map((delay) => ORIGIN + delay).sort((a, b) => (a < b ? -1 : 1));
      let rounds = 0;
      for (let nextNs = wheel.nextNs(); nextNs !== null; nextNs = wheel.nextNs()) {
        assert.ok(nextNs <= (waiting[0] ?? 0n) + TICK_NS, 'would sleep past a due entry');
        wheel.advance(nextNs, (atNs) => waiting.splice(waiting.indexOf(atNs), 1));
        rounds += 1;
        assert.ok(rounds < delays.length * 12, 'no progress');
      }
      assert.deepEqual(waiting, []);
    }),
  );
});

test('with something due in every tick, each tick fires its own, across the edges of all coarser slots', () => {
  const wheel = new TimingWheel<number>();
  const ticks = 64 * 64 + 130;
  const first = (ORIGIN / TICK_NS / 4_096n) * 4_096n - 65n;
  wheel.advance(first * TICK_NS, () => {});
  for (let n = 0; n < ticks; n += 1) wheel.schedule((first + BigInt(n)) * TICK_NS, n);
  for (let n = 0; n < ticks; n += 1) {
    const fired: number[] = [];
    wheel.advance((first + BigInt(n) + 1n) * TICK_NS, (item) => fired.push(item));
    assert.deepEqual(fired, [n]);
  }
});

test('what is cancelled wakes nobody', () => {
  const wheel = new TimingWheel<string>();
  wheel.advance(ORIGIN, () => {});
  const near = wheel.schedule(ORIGIN + 3n * TICK_NS, 'near');
  wheel.schedule(ORIGIN + 50_000n * TICK_NS, 'far');
  wheel.cancel(near);
  assert.ok((wheel.nextNs() ?? 0n) > ORIGIN + 4_000n * TICK_NS);
});

test('what is scheduled overdue while firing waits for the next tick, so that firing ends', () => {
  const wheel = new TimingWheel<string>();
  wheel.schedule(ORIGIN, 'again');
  let rounds = 0;
  wheel.advance(ORIGIN + 10n * TICK_NS, () => {
    rounds += 1;
    wheel.schedule(ORIGIN, 'again');
  });
  assert.ok(rounds <= 11, `${rounds} rounds`);
  assert.equal(wheel.size, 1);
});

test('what is cancelled while its tick is firing does not fire', () => {
  const wheel = new TimingWheel<string>();
  const handles = new Map(['a', 'b', 'c'].map((name) => [name, wheel.schedule(ORIGIN, name)]));
  const fired: string[] = [];
  wheel.advance(ORIGIN + TICK_NS, (name) => {
    fired.push(name);
    for (const [other, handle] of handles) {
      if (other !== name && wheel.size > 0) wheel.cancel(handle);
    }
  });
  assert.equal(fired.length, 1);
  assert.equal(wheel.size, 0);
});

test('a fault in what is fired loses no other entry of that tick', () => {
  const wheel = new TimingWheel<string>();
  for (const name of ['a', 'b', 'c']) wheel.schedule(ORIGIN, name);
  const fired: string[] = [];
  assert.throws(() =>
    wheel.advance(ORIGIN + TICK_NS, (name) => {
      fired.push(name);
      throw new Error('fault');
    }),
  );
  wheel.advance(wheel.nextNs() ?? 0n, (name) => fired.push(name));
  assert.deepEqual(fired.sort(), ['a', 'b', 'c']);
});

test('an entry is 16 bytes off the heap, and places that became free are used again', () => {
  const wheel = new TimingWheel<number>();
  const fixed = wheel.bytesOffHeap - 1_024 * 16;
  for (let round = 0; round < 5; round += 1) {
    const handles = Array.from({ length: 4_096 }, (_, index) =>
      wheel.schedule(ORIGIN + BigInt(index), index),
    );
    for (const handle of handles) wheel.cancel(handle);
  }
  assert.equal(wheel.bytesOffHeap - fixed, 4_096 * 16);
});

test('an entry that is overdue when scheduled fires at the next turn', () => {
  const wheel = new TimingWheel<string>();
  wheel.advance(ORIGIN + 5_000n * TICK_NS, () => {});
  wheel.schedule(ORIGIN, 'late');
  const fired: string[] = [];
  wheel.advance(wheel.nextNs() ?? 0n, (item) => fired.push(item));
  assert.deepEqual(fired, ['late']);
});
