import type { Issue, Ns } from '@tapeclock/domain';
import type { Decision, Facility, ReportableExecution } from '@tapeclock/schemas';
import type { ReportingRole } from './reporting-side.ts';

/** What the rulebook is asked about one report. */
export interface DecisionQuestion {
  readonly action: 'NEW' | 'CANCEL' | 'CORRECT';
  /** The trade as it is to be reported; for a cancel as it was reported. */
  readonly execution: ReportableExecution;
  readonly facility: Facility;
  readonly role: ReportingRole;
  /** When the trade was cancelled or found wrong; the execution time for a new one. */
  readonly actedNs: Ns;
  /** The trade as it stands at the facility, for a correction. */
  readonly original: ReportableExecution | null;
}

/** How the facility is told. The pairs stand for two reports: the old one taken back, then a new one. */
export type ToldAction = 'NEW' | 'CANCEL' | 'REVERSAL' | 'CORRECT' | 'CANCEL_AND_NEW' | 'REVERSAL_AND_NEW';

export interface DecisionAnswer {
  readonly decision: Decision;
  readonly action: ToldAction;
}

/**
 * Pure: the same question and rulebook version give the same answer. Throws `DecisionRefused` where the rulebook
 * gives none; the step turns that, and any other throw, into a repair item.
 */
export type Decide = (question: DecisionQuestion) => DecisionAnswer;

/** The rulebook does not cover the event, or its instants contradict each other. */
export class DecisionRefused extends Error {
  readonly issue: Issue;

  constructor(issue: Issue) {
    super(`${issue.code}: ${issue.message}`);
    this.name = 'DecisionRefused';
    this.issue = issue;
  }
}
