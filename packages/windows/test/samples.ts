import fc from 'fast-check';
import type { Aggregate, Occurrence, WindowSettings } from '../src/index.ts';

/** Sums that can be told apart: each event is a number of its own. */
export const sum: Aggregate<number, number> = {
  empty: 0,
  add: (value, event) => value + event,
  merge: (earlier, later) => earlier + later,
};

export const SETTINGS: WindowSettings = {
  late: 'drop',
  latenessNs: 0n,
  idleNs: 1_000_000n,
  keepNs: 50n,
  windowsMax: 10_000,
  sources: ['a', 'b', 'c'],
};

export interface Told {
  readonly event: number;
  readonly occurrence: Occurrence;
}

/** What three sources say, each in its own order, mostly forward in time. */
export const stories = (arrivalStepNs: bigint) =>
  fc
    .tuple(
      ...SETTINGS.sources.map((source) =>
        fc.array(
          fc.record({
            source: fc.constant(source),
            key: fc.constantFrom('x', 'y'),
            stepNs: fc.oneof(fc.integer({ min: 0, max: 9 }), fc.integer({ min: -90, max: 60 })),
            waitNs: fc.integer({ min: 0, max: 40 }),
          }),
          { maxLength: 14 },
        ),
      ),
    )
    .map((sources) => {
      let event = 1;
      return sources.map((steps) => {
        let atNs = 0n;
        let arrivedNs = 0n;
        return steps.map(({ source, key, stepNs, waitNs }): Told => {
          atNs += BigInt(stepNs);
          arrivedNs += BigInt(waitNs) * arrivalStepNs;
          event += 1;
          // Powers of two would overflow; squares of distinct numbers tell apart well enough.
          return { event: event * event + event, occurrence: { source, key, atNs, arrivedNs } };
        });
      });
    });

/** One of the orders in which the sources may be heard, each keeping its own. */
export function interleaved(
  sources: readonly (readonly Told[])[],
  choices: readonly number[],
): readonly Told[] {
  const rest = sources.map((told) => [...told]);
  const order: Told[] = [];
  for (let turn = 0; rest.some((told) => told.length > 0); turn += 1) {
    const speaking = rest.filter((told) => told.length > 0);
    const next = speaking[(choices[turn % Math.max(1, choices.length)] ?? 0) % speaking.length]?.shift();
    if (next !== undefined) order.push(next);
  }
  return order;
}

/** What is in time by each source's own account, and how many are not: the reference, without any window. */
export function inTime(
  sources: readonly (readonly Told[])[],
  settings: WindowSettings,
  endOf: (occurrence: Occurrence) => bigint,
): { readonly taken: readonly Told[]; readonly dropped: number; readonly forgotten: number } {
  const taken: Told[] = [];
  let dropped = 0;
  let forgotten = 0;
  for (const told of sources) {
    let latestNs: bigint | null = null;
    for (const each of told) {
      const { atNs, arrivedNs } = each.occurrence;
      const idleNs = arrivedNs - settings.idleNs;
      const ownNs: bigint = latestNs === null ? idleNs : latestNs - settings.latenessNs;
      const beforeNs = ownNs > idleNs ? ownNs : idleNs;
      const endNs = endOf(each.occurrence);
      if (endNs + settings.keepNs <= beforeNs) forgotten += 1;
      else if (settings.late === 'drop' && endNs <= beforeNs) dropped += 1;
      else taken.push(each);
      if (latestNs === null || atNs > latestNs) latestNs = atNs;
    }
  }
  return { taken, dropped, forgotten };
}
