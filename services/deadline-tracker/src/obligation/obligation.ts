import type { Ns } from '@tapeclock/domain';
import type { StageStamps } from '@tapeclock/schemas';

/** Who holds an open obligation. */
export const STAGES = ['REPORTER', 'FACILITY', 'IN_DOUBT', 'HELD', 'REPAIR'] as const;
export type Stage = (typeof STAGES)[number];

/** The duty to report one execution by a deadline, as long as no accepted report has met it. */
export interface Obligation {
  readonly executionId: string;
  readonly lineageId: string;
  readonly revision: number;
  readonly reportId: string;
  readonly facility: string;
  /** Start of the window: the execution, or the facility's opening where it was closed then. */
  readonly startNs: Ns;
  readonly dueAtNs: Ns;
  readonly traceparent: string | null;
  stamps: StageStamps;
  stage: Stage;
  /** Process, session or queue, for the person who looks for it. */
  holder: string;
  /** Index into the warning thresholds of the next one to give. */
  nextWarning: number;
  breached: boolean;
  timer: number | null;
}
