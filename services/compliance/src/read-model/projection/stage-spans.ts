import type { Ns } from '@tapeclock/domain';
import type { StageStamps } from '@tapeclock/schemas';

/** The stages by which a trade's time is told, in order; names as in the metric `tapeclock_stage_duration_seconds`. */
export const STAGES = ['source', 'gateway', 'enrichment', 'intent', 'send', 'facility'] as const;
export type Stage = (typeof STAGES)[number];

/** Time from one stamp to the next; stages whose stamps are missing are left out. */
export function stageSpans(stamps: StageStamps): readonly { readonly stage: Stage; readonly spanNs: Ns }[] {
  const ends: readonly (readonly [Stage, Ns | null, Ns | null])[] = [
    ['source', stamps.executedNs, stamps.receivedNs],
    ['gateway', stamps.receivedNs, stamps.loggedNs],
    ['enrichment', stamps.loggedNs, stamps.enrichedNs],
    ['intent', stamps.enrichedNs, stamps.intendedNs],
    ['send', stamps.intendedNs, stamps.sentNs],
    ['facility', stamps.sentNs, stamps.answeredNs],
  ];
  return ends.flatMap(([stage, from, to]) =>
    from === null || to === null ? [] : [{ stage, spanNs: to - from }],
  );
}
