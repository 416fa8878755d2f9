import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { TimingWheel } from '../src/wheel/timing-wheel.ts';

const MS = 1_000_000n;
const ORIGIN = 1_795_000_000_000_000_000n;

test('fires nothing early and nothing later than one tick after its time', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 400_000_000n * MS }), { maxLength: 60 }),
      fc.array(fc.bigInt({ min: 1n, max: 20_000_000n * MS }), { minLength: 1, maxLength: 40 }),
      (delays, steps) => {
        const wheel = new TimingWheel<bigint>(0n, MS);
        for (const delay of delays) wheel.schedule(ORIGIN + delay, ORIGIN + delay);
        const open = new Set(delays.map((delay) => ORIGIN + delay));
        let nowNs = ORIGIN;
        for (const step of steps) {
          nowNs += step;
          wheel.advance(nowNs, (atNs) => {
            assert.ok(atNs <= nowNs, 'fired early');
            open.delete(atNs);
          });
          for (const atNs of open) assert.ok(atNs > nowNs - MS, 'still waiting after its tick');
        }
      },
    ),
  );
});

test('nextNs never lies beyond the earliest entry, and stepping to it makes progress until all has fired', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 90_000_000n * MS }), { minLength: 1, maxLength: 30 }),
      (delays) => {
        const wheel = new TimingWheel<bigint>(0n, MS);
        for (const delay of delays) wheel.schedule(ORIGIN + delay, ORIGIN + delay);
        const waiting = delays.map((delay) => ORIGIN + delay).sort((a, b) => (a < b ? -1 : 1));
        let rounds = 0;
        for (let nextNs = wheel.nextNs(); nextNs !== null; nextNs = wheel.nextNs()) {
          assert.ok(nextNs < (waiting[0] ?? 0n) + MS, 'would sleep past a due entry');
          wheel.advance(nextNs, (atNs) => waiting.splice(waiting.indexOf(atNs), 1));
          rounds += 1;
          assert.ok(rounds < delays.length * 12, 'no progress');
        }
        assert.deepEqual(waiting, []);
      },
    ),
  );
});

test('a cancelled entry never fires and its place is used again', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 5_000_000n * MS }), fc.boolean()), { maxLength: 80 }),
      (plan) => {
        const wheel = new TimingWheel<number>(0n, MS);
        const handles = plan.map(([delay], index) => wheel.schedule(ORIGIN + delay, index));
        plan.forEach(([, cancel], index) => {
          if (cancel) wheel.cancel(handles[index]!);
        });
        const fired: number[] = [];
        wheel.advance(ORIGIN + 6_000_000n * MS, (index) => fired.push(index));
        assert.deepEqual(
          fired.sort((a, b) => a - b),
          plan.flatMap(([, cancel], index) => (cancel ? [] : [index])),
        );
        assert.equal(wheel.size, 0);
      },
    ),
  );
});

test('an entry that is overdue when scheduled fires at the next advance', () => {
  const wheel = new TimingWheel<string>(0n, MS);
  wheel.advance(ORIGIN + 5_000n * MS, () => {});
  wheel.schedule(ORIGIN, 'late');
  const fired: string[] = [];
  wheel.advance(wheel.nextNs() ?? 0n, (item) => fired.push(item));
  assert.deepEqual(fired, ['late']);
});
