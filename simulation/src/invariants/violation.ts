export const INVARIANTS = [
  'EXECUTION_LOST',
  'EXECUTION_UNDECIDED',
  'ACCEPTED_TWICE',
  'SENT_AGAIN',
  'UNKNOWN_TO_LOG',
  'LOG_AND_FACILITY_DIFFER',
  'CONTENT_DIFFERS',
  'REPORT_NOT_ENDED',
  'DOUBT_NOT_SHOWN',
  'BREACH_NOT_WARNED',
  'OBLIGATION_DISAPPEARED',
  'ORDER_BROKEN',
  'READ_MODEL_DIFFERS',
  'DEAD_LETTER',
  'NOT_CONVERGED',
  'UNHANDLED_FAULT',
] as const;
export type Invariant = (typeof INVARIANTS)[number];

/** Something that must never be so, in one run. */
export interface Violation {
  readonly invariant: Invariant;
  /** Execution, report or session. */
  readonly subject: string;
  readonly text: string;
  /** Whose history tells the story; null where it is about the whole run. */
  readonly lineageId: string | null;
}
