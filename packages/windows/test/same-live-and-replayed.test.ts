import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  BucketedWindows,
  consolidated,
  SessionWindows,
  sliding,
  tumbling,
  type WindowOutput,
} from '../src/index.ts';
import { inTime, interleaved, SETTINGS, stories, sum, type Told } from './samples.ts';

const FLUSH_NS = 10n ** 15n;
const policy = fc.constantFrom('drop' as const, 'reprocess' as const, 'restate' as const);
const choices = fc.array(fc.nat(), { minLength: 1, maxLength: 40 });

interface Windows {
  readonly counts: { readonly dropped: number; readonly forgotten: number };
  add(event: number, occurrence: Told['occurrence']): readonly WindowOutput<number>[];
  turn(nowNs: bigint): readonly WindowOutput<number>[];
}

function run(windows: Windows, told: readonly Told[]) {
  const outputs = told.flatMap(({ event, occurrence }) => [...windows.add(event, occurrence)]);
  outputs.push(...windows.turn(FLUSH_NS));
  const { dropped, forgotten } = windows.counts;
  return { standing: consolidated(outputs), dropped, forgotten };
}

for (const [name, sizeNs, everyNs] of [
  ['tumbling', 10n, 10n],
  ['sliding', 40n, 10n],
] as const) {
  test(`${name} windows: any order that keeps each source's own gives what adding up beforehand gives`, () => {
    fc.assert(
      fc.property(
        stories(0n),
        choices,
        policy,
        fc.constantFrom(0n, 7n, 30n),
        (sources, turns, late, latenessNs) => {
          const settings = { ...SETTINGS, late, latenessNs };
          const shape = sliding(sizeNs, everyNs);
          const bucket = (atNs: bigint) => shape.bucketOf(atNs) ?? { fromNs: 0n, toNs: 0n };
          const { taken, ...counts } = inTime(sources, settings, ({ atNs }) => bucket(atNs).toNs);
          const expected = new Map<string, { key: string; fromNs: bigint; toNs: bigint; value: number }>();
          for (const { event, occurrence } of taken) {
            for (let n = 0n; n < sizeNs / everyNs; n += 1n) {
              const toNs = bucket(occurrence.atNs).toNs + n * everyNs;
              const place = `${occurrence.key}${String(toNs + 10_000n).padStart(9, '0')}`;
              const held = expected.get(place) ?? {
                key: occurrence.key,
                fromNs: toNs - sizeNs,
                toNs,
                value: 0,
              };
              expected.set(place, { ...held, value: held.value + event });
            }
          }
          const standing = [...expected.entries()]
            .sort(([a], [b]) => (a < b ? -1 : 1))
            .map(([, window]) => window);
          assert.deepEqual(run(new BucketedWindows(shape, settings, sum), interleaved(sources, turns)), {
            standing,
            ...counts,
          });
        },
      ),
      { numRuns: 500 },
    );
  });
}

test("session windows: any order that keeps each source's own gives what joining beforehand gives", () => {
  const gapNs = 12n;
  fc.assert(
    fc.property(
      stories(0n),
      choices,
      policy,
      fc.constantFrom(0n, 7n, 30n),
      (sources, turns, late, latenessNs) => {
        const settings = { ...SETTINGS, late, latenessNs };
        const { taken, ...counts } = inTime(sources, settings, ({ atNs }) => atNs + gapNs);
        const standing = ['x', 'y'].flatMap((key) => {
          const sessions: { key: string; fromNs: bigint; toNs: bigint; value: number }[] = [];
          const own = taken.filter(({ occurrence }) => occurrence.key === key);
          for (const { event, occurrence } of own.sort((a, b) =>
            Number(a.occurrence.atNs - b.occurrence.atNs),
          )) {
            const last = sessions.at(-1);
            if (last !== undefined && occurrence.atNs < last.toNs) {
              last.toNs = occurrence.atNs + gapNs;
              last.value += event;
            } else
              sessions.push({ key, fromNs: occurrence.atNs, toNs: occurrence.atNs + gapNs, value: event });
          }
          return sessions;
        });
        assert.deepEqual(run(new SessionWindows(() => gapNs, settings, sum), interleaved(sources, turns)), {
          standing,
          ...counts,
        });
      },
    ),
    { numRuns: 500 },
  );
});

test('sources that fall idle and come back: two orders of hearing them end in the same results', () => {
  fc.assert(
    fc.property(stories(3n), choices, choices, policy, (sources, live, replayed, late) => {
      const settings = { ...SETTINGS, late, idleNs: 60n, keepNs: 10n ** 9n };
      const make = [
        () => new BucketedWindows(tumbling(10n), settings, sum),
        () => new SessionWindows(() => 12n, settings, sum),
      ];
      for (const windows of make) {
        assert.deepEqual(
          run(windows(), interleaved(sources, live)),
          run(windows(), interleaved(sources, replayed)),
        );
      }
    }),
    { numRuns: 500 },
  );
});
