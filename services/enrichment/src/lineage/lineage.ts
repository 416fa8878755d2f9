import type { Facility, Ns } from '@tapeclock/domain';
import type { ExecutionAction, ReportAction, ReportableExecution } from '@tapeclock/schemas';

/** What became of one source execution id. */
export interface Entry {
  readonly sourceExecutionId: string;
  action: ExecutionAction;
  /** Hash of the content taken from the source: what a repeat is compared with. Empty where only a repair item tells. */
  hash: string;
  /** Newest revision: 0 from the source, one more for each resubmission by a person. */
  revision: number;
  /** TOLD: a TradeReportable went out, and that is never undone. UNTOLD: nothing did. DISCARDED: a person dropped it. */
  status: 'TOLD' | 'UNTOLD' | 'DISCARDED';
  /** Restored from an output whose input has not been read: the action is the output's, until the input tells its own. */
  isProvisional: boolean;
}

/** A report as it was told on; what a cancel or correction refers to. */
export interface ToldReport {
  readonly sourceExecutionId: string;
  readonly reportId: string | null;
  readonly facility: Facility | null;
  readonly execution: ReportableExecution;
  readonly tradeDate: string;
  /** NEW also for the second half of a correction that had to be told as cancel and new. */
  readonly sentAs: ReportAction;
  /** The report that this one corrected, so that a rejected correction can be sent again against it. */
  readonly before: ToldReport | null;
  /** Source execution id of the cancel, null while the trade stands. */
  readonly cancelledBy: string | null;
}

/**
 * CONTENT: the record itself was refused. DUPLICATE: its id was taken by other content, which stands.
 * RESEND: a person's new version of a report that the facility had refused, and it was refused here.
 */
export type RepairKind = 'CONTENT' | 'DUPLICATE' | 'RESEND';

/** A repair item that this service opened. */
export interface RepairItem {
  readonly repairId: string;
  readonly sourceExecutionId: string;
  readonly action: ExecutionAction;
  readonly refSourceExecutionId: string | null;
  readonly kind: RepairKind;
  open: boolean;
}

/** Everything known of one chain new → correct → cancel. */
export interface Lineage {
  touchedNs: Ns;
  /** One for most chains; searched in line. */
  readonly entries: Entry[];
  told: ToldReport | null;
  /** Made only when something went wrong. */
  trouble: Trouble | null;
}

export interface Trouble {
  readonly repairs: RepairItem[];
  /** Event ids of what resubmissions made: tells an act that is replayed from a second act. */
  readonly deskOutputs: Set<string>;
  /** Items settled, whoever opened them: of two people who settle one item, the first counts. */
  readonly closed: Set<string>;
}

export function entryOf(lineage: Lineage, sourceExecutionId: string): Entry | null {
  for (const entry of lineage.entries) {
    if (entry.sourceExecutionId === sourceExecutionId) return entry;
  }
  return null;
}

export function troubleOf(lineage: Lineage): Trouble {
  lineage.trouble ??= { repairs: [], deskOutputs: new Set(), closed: new Set() };
  return lineage.trouble;
}

export function repairOf(lineage: Lineage, repairId: string): RepairItem | null {
  return lineage.trouble?.repairs.find((item) => item.repairId === repairId) ?? null;
}
