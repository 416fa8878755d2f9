import type { Ns } from '@tapeclock/domain';
import type { Decision, Facility, ReportableExecution } from '@tapeclock/schemas';

/** What the rulebook is asked about one report. */
export interface DecisionQuestion {
  readonly action: 'NEW' | 'CANCEL' | 'CORRECT';
  /** The trade as it is to be reported; for a cancel as it was reported. */
  readonly execution: ReportableExecution;
  readonly facility: Facility;
  /** When the trade was cancelled or corrected; the execution time for a new one. */
  readonly actedNs: Ns;
  /** Y, N or null, as the source says who executed. */
  readonly executingParty: string | null;
  /** The report that a cancel or correction is about. */
  readonly original: { readonly execution: ReportableExecution; readonly facility: Facility } | null;
}

/** How the facility is told. The pairs stand for two reports: the old one taken back, then a new one. */
export type ToldAction = 'NEW' | 'CANCEL' | 'REVERSAL' | 'CORRECT' | 'CANCEL_AND_NEW' | 'REVERSAL_AND_NEW';

export interface DecisionAnswer {
  readonly decision: Decision;
  readonly action: ToldAction;
  readonly reportingSideReason: string;
}

/** Pure: the same question and rulebook version give the same answer. May throw; the step turns that into a repair. */
export type Decide = (question: DecisionQuestion) => DecisionAnswer;
