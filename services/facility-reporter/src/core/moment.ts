import type { Ns } from '@tapeclock/domain';

/** The two times a decision needs. */
export interface Moment {
  /** UTC; deadlines, opening hours and stamps. May step back. */
  readonly nowNs: Ns;
  /** Never steps back: patience, pace and retry delays, which a stepped wall clock must not stretch. */
  readonly steadyNs: Ns;
  /** Host clock minus time source, where measured; goes into stamps. */
  readonly clockOffsetNs: bigint | null;
}
