import type { Ns } from '@tapeclock/domain';

/**
 * A histogram of microseconds with buckets 1/32 (3 %) wide: exact below 64 µs, then 32 buckets to each doubling.
 * Small enough to keep one per second, and two histograms add up to a third, which percentiles do not.
 */
const LINEAR_MAX_US = 64;
const SUB_BITS = 5;
const US_MAX = 2 ** 30;

/** Bucket of a span; negative ones (clocks that disagree) count as 0, those over 18 minutes as 18 minutes. */
export function bucketOfNs(spanNs: Ns): number {
  const us = spanNs <= 0n ? 0 : Math.min(Number(spanNs / 1_000n), US_MAX);
  if (us < LINEAR_MAX_US) return us;
  const shift = 31 - Math.clz32(us) - SUB_BITS;
  return (shift << SUB_BITS) + (us >> shift);
}

/** Upper end of a bucket in milliseconds: a percentile is never told better than it was. */
export function bucketTopMs(bucket: number): number {
  if (bucket < LINEAR_MAX_US) return bucket / 1_000;
  const shift = (bucket >> SUB_BITS) - 1;
  const top = (((bucket & 31) | 32) + 1) * 2 ** shift - 1;
  return top / 1_000;
}

/** Smallest bucket that has at least `share` (0 … 1) of the total at or below it; null where there is nothing. */
export function percentileMs(histogram: ReadonlyMap<number, number>, share: number): number | null {
  let total = 0;
  for (const count of histogram.values()) total += count;
  if (total === 0) return null;
  const wanted = Math.max(1, Math.ceil(total * share));
  let seen = 0;
  let last = 0;
  for (const bucket of [...histogram.keys()].sort((a, b) => a - b)) {
    seen += histogram.get(bucket) ?? 0;
    last = bucket;
    if (seen >= wanted) break;
  }
  return bucketTopMs(last);
}
