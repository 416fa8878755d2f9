import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/** What can be said about a lane: the open reports of one facility that compete for the same service rate. */
export interface Forecast {
  readonly open: number;
  /** Accepted reports per second, in thousandths. */
  readonly serviceRateE3: bigint;
  /** Time until the first breach that waiting in line will cause; null when none is in sight. */
  readonly breachInNs: Ns | null;
  readonly nearestDueNs: Ns | null;
}

/**
 * Served nearest deadline first at the measured rate, the k-th report is accepted after k / rate. The first one whose
 * due time lies before that will breach, at its due time. With nothing accepted lately, every open report will.
 *
 * `dueNs` must be sorted ascending and hold only obligations that are not yet breached.
 */
export function forecast(dueNs: readonly Ns[], acceptedInWindow: number, windowNs: Ns, nowNs: Ns): Forecast {
  const serviceRateE3 = (BigInt(acceptedInWindow) * 1_000n * NS_PER_SECOND) / windowNs;
  let breachInNs: Ns | null = null;
  for (let k = 0; k < dueNs.length; k += 1) {
    const atNs = dueNs[k] ?? 0n;
    const servedNs =
      serviceRateE3 === 0n ? null : nowNs + (BigInt(k + 1) * 1_000n * NS_PER_SECOND) / serviceRateE3;
    if (servedNs === null || servedNs > atNs) {
      breachInNs = atNs > nowNs ? atNs - nowNs : 0n;
      break;
    }
  }
  return { open: dueNs.length, serviceRateE3, breachInNs, nearestDueNs: dueNs[0] ?? null };
}
