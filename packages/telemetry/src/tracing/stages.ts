import type { Ns } from '@tapeclock/domain';
import type { StageStamps } from '@tapeclock/schemas';

/**
 * Where a trade's time goes, in the order in which a trade passes. `repair` takes the place of the first ones where a
 * person has put the trade right: no gateway has stamped that revision, and its time is not enrichment's.
 */
export const STAGES = ['source', 'gateway', 'repair', 'enrichment', 'intent', 'send', 'facility'] as const;
export type Stage = (typeof STAGES)[number];

/** The stamp that ends each stage; it begins where the one before ended. */
const ENDS: Readonly<Record<Stage, keyof StageStamps>> = {
  source: 'receivedNs',
  gateway: 'loggedNs',
  repair: 'enrichedNs',
  enrichment: 'enrichedNs',
  intent: 'intendedNs',
  send: 'sentNs',
  facility: 'answeredNs',
};

export interface StageTime {
  readonly stage: Stage;
  readonly startNs: Ns;
  readonly endNs: Ns;
}

/**
 * Splits a trade's life into stages. A stage without a stamp is left out and its time falls to the next one that has
 * one, so that the parts always sum up to the whole. A clock that stepped back gives a stage of no length, never a
 * negative one.
 */
export function stageTimes(stamps: StageStamps): readonly StageTime[] {
  const times: StageTime[] = [];
  let startNs = stamps.executedNs ?? stamps.receivedNs;
  if (startNs === null) return times;
  const repaired = stamps.receivedNs === null && stamps.loggedNs === null;
  for (const stage of STAGES) {
    const stampNs = stamps[ENDS[stage]];
    if (stampNs === null || (stage === 'source' && stamps.executedNs === null)) continue;
    if (stage === (repaired ? 'enrichment' : 'repair')) continue;
    const endNs: Ns = stampNs > startNs ? stampNs : startNs;
    times.push({ stage, startNs, endNs });
    startNs = endNs;
  }
  return times;
}
