import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Random } from '@tapeclock/ports';

/** So many per second for so long. Rates are read to the thousandth. */
export interface Phase {
  readonly ratePerSecond: number;
  readonly seconds: number;
}

export type Spacing = 'even' | 'poisson';

/** Fixed-point steps of a uniform number in (0, 1]. */
const U32 = 2 ** 32;

/**
 * When each execution is due, in nanoseconds after the start: an open model, decided before anything is sent, so that a
 * slow receiver changes nothing about when the next one is due. `poisson` draws exponential gaps, as independent
 * traders make them; `even` spaces them alike.
 */
export function* arrivals(phases: readonly Phase[], spacing: Spacing, random: Random): Generator<Ns> {
  let phaseStartNs = 0n;
  for (const { ratePerSecond, seconds } of phases) {
    const endNs = phaseStartNs + BigInt(Math.round(seconds * 1e3)) * (NS_PER_SECOND / 1_000n);
    if (ratePerSecond >= 0.001) {
      const meanNs = Number(NS_PER_SECOND) / ratePerSecond;
      let atNs = phaseStartNs + BigInt(Math.round(spacing === 'even' ? 0 : gapNs(random, meanNs)));
      for (let n = 1; atNs < endNs; n += 1) {
        yield atNs;
        atNs =
          spacing === 'even'
            ? phaseStartNs + (BigInt(n) * NS_PER_SECOND * 1_000n) / BigInt(Math.round(ratePerSecond * 1_000))
            : atNs + BigInt(Math.round(gapNs(random, meanNs)));
      }
    }
    phaseStartNs = endNs;
  }
}

function gapNs(random: Random, meanNs: number): number {
  return -Math.log((random.nextU32() + 1) / U32) * meanNs;
}
