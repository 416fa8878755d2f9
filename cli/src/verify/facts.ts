import type { DeskActed, ReportableExecution } from '@tapeclock/schemas';

/** What the log says of one report to a facility, gathered over all topics. */
export interface LoggedReport {
  readonly reportId: string;
  readonly executionId: string;
  readonly lineageId: string;
  readonly action: string;
  readonly execution: ReportableExecution;
  readonly dueAtNs: bigint;
  intents: number;
  accepted: { readonly controlNumber: string; readonly late: boolean }[];
  rejections: number;
  /** What the newest event of the report says. */
  latest: 'NONE' | 'INTENDED' | 'ACCEPTED' | 'REJECTED' | 'IN_DOUBT' | 'HELD';
}

/** What the facility's own journal says of one report id. */
export interface JournalledReport {
  accepted: {
    readonly controlNumber: string;
    readonly symbol: string;
    readonly quantity: string;
    readonly price: string;
  }[];
  rejections: number;
  /** Came again after it had been accepted, not as a FIX retransmission. */
  sentAgain: number;
  /** The same, marked as possibly a duplicate. */
  resent: number;
}

/** Everything the judgement needs, and nothing else. */
export interface Facts {
  readonly executions: ReadonlySet<string>;
  /** Executions that a decision or a repair item exists for. */
  readonly decided: ReadonlySet<string>;
  readonly reports: ReadonlyMap<string, LoggedReport>;
  readonly notReportable: number;
  readonly repairsOpen: number;
  readonly deadLetters: number;
  readonly unreadable: number;
  /** Reports whose outcome a person settled. */
  readonly settledByPerson: ReadonlySet<DeskActed['subject']>;
  readonly journal: ReadonlyMap<string, JournalledReport>;
  readonly nowNs: bigint;
}
