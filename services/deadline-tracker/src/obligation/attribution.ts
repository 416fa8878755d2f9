import type { Ns } from '@tapeclock/domain';
import type { StageShare, StageStamps } from '@tapeclock/schemas';

/**
 * Where the time between execution and acceptance went. Each stage runs from the latest stamp before it to its own, so
 * the shares add up to the whole; a stamp that is missing gives its time to the next stage that has one.
 * A negative share is kept: it says that two hosts' clocks disagree.
 */
export function attribute(stamps: StageStamps, acceptedNs: Ns): StageShare[] {
  const shares: StageShare[] = [];
  let sinceNs = stamps.executedNs;
  if (sinceNs === null) return shares;
  // A revision that a person resubmitted has passed no gateway: the time until then is the repair's, not enrichment's.
  const repaired = stamps.receivedNs === null && stamps.loggedNs === null;
  const marks: readonly (readonly [string, Ns | null])[] = [
    ['source', stamps.receivedNs],
    ['gateway', stamps.loggedNs],
    [repaired ? 'repair' : 'enrichment', stamps.enrichedNs],
    ['reporter queue', stamps.intendedNs],
    ['send', stamps.sentNs],
    ['facility', acceptedNs],
  ];
  for (const [stage, atNs] of marks) {
    if (atNs === null) continue;
    shares.push({ stage, durationNs: atNs - sinceNs });
    sinceNs = atNs;
  }
  return shares;
}

/** The stage that took longest; empty when nothing is known. */
export function worstStage(shares: readonly StageShare[]): string {
  return (
    shares.reduce<StageShare | null>(
      (worst, share) => (worst === null || share.durationNs > worst.durationNs ? share : worst),
      null,
    )?.stage ?? ''
  );
}
