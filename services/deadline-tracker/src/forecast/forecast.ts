import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Service } from './capacity.ts';

/**
 * Time until the first breach that waiting in line will cause; null when none is in sight. Served nearest deadline first at the
 * given rate once service resumes, the k-th report is accepted k / rate after that. The first one whose due time lies before that will breach, at its due time. At
 * a rate of zero every open report will.
 *
 * `dueNs` must be sorted ascending and hold only obligations that are not yet breached.
 */
export function breachInNs(dueNs: readonly Ns[], { rateE3, resumesInNs }: Service, nowNs: Ns): Ns | null {
  for (let k = 0; k < dueNs.length; k += 1) {
    const atNs = dueNs[k] ?? 0n;
    const servedNs =
      rateE3 === 0n ? null : nowNs + resumesInNs + (BigInt(k + 1) * 1_000n * NS_PER_SECOND) / rateE3;
    if (servedNs === null || servedNs > atNs) return atNs > nowNs ? atNs - nowNs : 0n;
  }
  return null;
}
