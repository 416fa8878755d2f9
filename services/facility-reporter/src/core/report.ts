import { contentHash, type Ns } from '@tapeclock/domain';
import type { Facility, ReportAction, StageStamps, TradeReportable } from '@tapeclock/schemas';

/**
 * Where a report stands.
 * - `waiting`: nothing has been decided to leave; `hold` says what for.
 * - `queued`: may go; waits for its turn.
 * - `intended`: its number and bytes are being made durable. From here on it is never simply sent again.
 * - `sent`: the bytes are on their way.
 * - `inDoubt`: it left and its outcome is not known; `doubt` says what is being done about it.
 * - `accepted`, `rejected`: settled.
 */
export type Phase = 'waiting' | 'queued' | 'intended' | 'sent' | 'inDoubt' | 'accepted' | 'rejected';

export const HOLDS = [
  /** Outside the facility's hours. */
  'FACILITY_CLOSED',
  /** No session to the facility is logged on. */
  'SESSION_DOWN',
  /** An earlier report of its lineage is not settled. */
  'PREDECESSOR',
  /** What it takes back or corrects was refused: there is nothing at the facility to change. */
  'REFERENCE_REJECTED',
  /** What it takes back or corrects is not known here, so its control number is missing. */
  'REFERENCE_UNKNOWN',
  /** The cancel it belongs to was refused: sent alone it would be a second report of the trade. */
  'CANCEL_REJECTED',
  /** The facility refused for a reason that passes; the next attempt is timed. */
  'FACILITY_RETRY',
] as const;
export type Hold = (typeof HOLDS)[number];

export type DoubtCause = 'DISCONNECTED' | 'SILENCE' | 'RESTARTED' | 'DUPLICATE';
export type DoubtStep = 'RESEND' | 'QUERY' | 'PERSON';

/** An unknown outcome and the way out of it. */
export interface Doubt {
  readonly cause: DoubtCause;
  readonly sinceNs: Ns;
  /** Steady time from which the patience before a person is asked counts; starts anew with each logon. */
  sinceSteadyNs: Ns;
  step: DoubtStep;
  /** Steady time at which the step is given up; null while nothing can be done before a session comes up. */
  giveUpNs: Ns | null;
  /** The query under way: its id (568) and the session that carries it. */
  query: { readonly id: string; readonly sessionId: string } | null;
  queriesSent: number;
}

/** How the facility knows an accepted report. */
export interface Control {
  readonly date: string;
  readonly number: string;
}

/** One report, from its order to its end. Large parts are let go of when it is settled. */
export interface Report {
  /** As enrichment named it: a function of execution and action. */
  readonly reportId: string;
  readonly executionId: string;
  readonly lineageId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly partition: number;
  readonly dueAtNs: Ns;
  /** TradeReportID (571) in use: `reportId`, or a later one after a refusal that allows another try. */
  wireId: string;
  refReportId: string | null;
  sourceExecutionId: string | null;
  contentHash: string | null;
  /** What to report; null once settled, and after a restart until the trade has been read again. */
  order: TradeReportable | null;
  phase: Phase;
  hold: Hold | null;
  holdUntilNs: Ns | null;
  /** Intents so far. */
  attempt: number;
  /** Refusals so far that allowed another try. */
  retries: number;
  /** The next message is a repeat of content that may have been sent: PossResend (97). */
  possResend: boolean;
  sessionId: string | null;
  msgSeqNum: bigint;
  /** Bytes of the last intent, until settled. */
  message: Uint8Array | null;
  sentSteadyNs: Ns | null;
  stamps: StageStamps;
  traceparent: string | null;
  doubt: Doubt | null;
  control: Control | null;
}

export function isSettled(report: Report): boolean {
  return report.phase === 'accepted' || report.phase === 'rejected';
}

/** A deterministic id for the try after the n-th refusal: the refused one is spent at the facility. */
export function retryReportId(reportId: string, retry: number): string {
  return retry === 0
    ? reportId
    : `${reportId.charAt(0)}${contentHash(reportId, 'RETRY', String(retry)).slice(0, 19)}`;
}

/** Keeps what later reports and repeats need, and lets go of the rest. */
export function settle(report: Report, phase: 'accepted' | 'rejected', control: Control | null): void {
  report.phase = phase;
  report.control = control;
  report.doubt = null;
  report.hold = null;
  report.holdUntilNs = null;
  report.order = null;
  report.message = null;
}
