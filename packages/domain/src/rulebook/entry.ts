import type { EasternDate } from '../calendar/eastern.ts';
import type { Facility } from '../facility.ts';

/** How sure the rulebook is: read in a primary source, worked out from one, or a choice of ours until asked. */
export const CERTAINTIES = ['verified', 'derived', 'assumed'] as const;
export type Certainty = (typeof CERTAINTIES)[number];

/** What every statement of the rulebook carries, whatever its subject. */
export interface Entry {
  /** Unique in the whole rulebook; never reused, so that an old trace still points at what answered. */
  readonly id: string;
  /** Rule number, then the paragraph as far as known; one text, or one per facility. */
  readonly clause: string | Readonly<Partial<Record<Facility, string>>>;
  /** Ids in `sources.json`; never empty. */
  readonly sources: readonly string[];
  readonly certainty: Certainty;
  /** First Eastern date on which it holds. */
  readonly effectiveFrom: EasternDate;
  /** Last Eastern date on which it holds, itself included; `null` while no end is known. */
  readonly effectiveTo: EasternDate | null;
  /** One sentence for a person. */
  readonly sentence: string;
  /** What is open, what would change our mind, whom to ask. */
  readonly note: string | null;
  /** Where it was read from, e.g. `deadlines/adf.json`. */
  readonly file: string;
}

/** The less certain of two: a decision is only as sure as the weakest rule it rests on. */
export function weakest(a: Certainty, b: Certainty): Certainty {
  if (a === 'assumed' || b === 'assumed') return 'assumed';
  return a === 'derived' || b === 'derived' ? 'derived' : 'verified';
}

/** The clause as it reads for one facility. */
export function clauseFor(entry: Entry, facility: Facility): string {
  return typeof entry.clause === 'string' ? entry.clause : (entry.clause[facility] ?? '');
}

/** True on the Eastern dates from `effectiveFrom` to `effectiveTo`, both included. */
export function inForce(entry: Entry, date: EasternDate): boolean {
  return entry.effectiveFrom <= date && (entry.effectiveTo === null || date <= entry.effectiveTo);
}
