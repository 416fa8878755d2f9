// Derived from schemas/**/*.avsc by `npm run schemas:generate`. Do not edit.

/** Capacity of a party. */
export type Capacity = 'AGENCY' | 'PRINCIPAL' | 'RISKLESS_PRINCIPAL';

/** One record that CAT rejected or could not link. */
export interface CatRecordError {
  /** CAT’s id of the error; decimal text, up to 20 digits; null where only the other party can repair */
  readonly errorRoeId: string | null;
  /** Null where the record was unreadable */
  readonly firmRoeId: string | null;
  readonly codes: readonly number[];
  /** The record as CAT returned it */
  readonly record: string;
}

/** How sure the rulebook is of a statement. */
export type Certainty = 'verified' | 'derived' | 'assumed';

/** How the execution came in. */
export type Channel = 'FIX' | 'REST' | 'FILE' | 'DESK';

/** What must be reported, where, with which modifiers and by when, and why. */
export interface Decision {
  readonly rulebookVersion: string;
  readonly reportable: boolean;
  readonly opensAtNs: bigint;
  readonly dueAtNs: bigint;
  readonly asOf: boolean;
  /** Eastern date, YYYYMMDD */
  readonly tradeDate: string;
  /** When reported in time */
  readonly modifiers: readonly Modifier[];
  /** When reported late */
  readonly lateModifiers: readonly Modifier[];
  readonly clause: string;
  readonly certainty: Certainty;
  readonly ruleId: string;
  readonly trace: readonly TraceStep[];
}

/** What every event carries. */
export interface EventMeta {
  /** Deterministic: the same cause makes the same id */
  readonly eventId: string;
  /** Record key: the chain new, correct, cancel; or the subject where no execution is concerned */
  readonly lineageId: string;
  readonly schemaVersion: number;
  /** When the producer made the event, UTC */
  readonly recordedNs: bigint;
  /** Service that made it */
  readonly producer: string;
  /** W3C trace context of the trade */
  readonly traceparent: string | null;
  readonly stamps: StageStamps;
}

/** What the source says happened to the trade. */
export type ExecutionAction = 'NEW' | 'CANCEL' | 'CORRECT';

/** An execution as the source told it: canonical names, values still text, nothing judged yet. Null where the source was silent. */
export interface ExecutionFields {
  readonly symbol: string | null;
  /** B, S or X */
  readonly side: string | null;
  /** Plain decimal */
  readonly quantity: string | null;
  /** Plain decimal */
  readonly price: string | null;
  /** RFC 3339 instant */
  readonly executedAt: string | null;
  /** Reporting firm */
  readonly mpid: string | null;
  /** Contra firm, or C for a customer */
  readonly contraMpid: string | null;
  /** A, P or R */
  readonly capacity: string | null;
  readonly contraCapacity: string | null;
  /** N, S or E */
  readonly shortSale: string | null;
  /** Wish of the source; empty lets the routing rule choose */
  readonly facility: string | null;
  /** TAPE, NON_TAPE or CLEARING_ONLY */
  readonly reportType: string | null;
  /** REGULAR, PRP, STOP_STOCK or WEIGHTED_AVERAGE */
  readonly tradeType: string | null;
  /** Second time of PRP and stop stock, RFC 3339 */
  readonly referenceAt: string | null;
  /** REGULAR, CASH, NEXT_DAY or SELLERS_OPTION */
  readonly settlement: string | null;
  /** Field 2 reason */
  readonly tradeThrough: string | null;
  /** Y when this firm is the executing party, N when the contra is */
  readonly executingParty: string | null;
  /** FDID */
  readonly account: string | null;
  readonly accountHolderType: string | null;
  readonly orderId: string | null;
  /** RFC 3339 instant */
  readonly orderKeyDate: string | null;
  readonly contraOrderId: string | null;
  readonly clearingFirm: string | null;
  readonly branchSequence: string | null;
  readonly memo: string | null;
}

/** Where a trade is reported. */
export type Facility = 'ADF' | 'TRF_CARTERET' | 'TRF_CHICAGO' | 'TRF_NYSE' | 'ORF';

/** One precise complaint about one field. */
export interface Issue {
  readonly code: string;
  readonly field: string;
  readonly value: string;
  readonly message: string;
  readonly action: string;
}

/** One modifier: its field, 1 to 4, and the canonical letter. */
export interface Modifier {
  readonly field: number;
  readonly code: string;
}

/** What is sent to the facility. */
export type ReportAction = 'NEW' | 'CANCEL' | 'CORRECT' | 'REVERSAL';

/** How the facility knows an accepted report. */
export interface ReportKey {
  readonly facility: string;
  /** YYYYMMDD */
  readonly controlDate: string;
  readonly controlNumber: string;
}

/** Published, regulatory only, or clearing only. */
export type ReportType = 'TAPE' | 'NON_TAPE' | 'CLEARING_ONLY';

/** An execution that passed every check; numbers are scaled, instants are UTC nanoseconds. */
export interface ReportableExecution {
  readonly symbol: string;
  readonly symbolClass: SymbolClass;
  readonly side: Side;
  readonly quantityE6: bigint;
  readonly priceE8: bigint;
  readonly executedNs: bigint;
  readonly mpid: string;
  readonly contraMpid: string;
  readonly capacity: Capacity;
  readonly contraCapacity: Capacity | null;
  readonly shortSale: ShortSale;
  readonly reportType: ReportType;
  readonly tradeType: TradeType;
  readonly referenceNs: bigint | null;
  readonly settlement: string;
  readonly tradeThrough: string | null;
  readonly account: string | null;
  readonly accountHolderType: string | null;
  readonly orderId: string | null;
  readonly orderKeyNs: bigint | null;
  readonly contraOrderId: string | null;
  readonly clearingFirm: string | null;
  readonly branchSequence: string | null;
  readonly memo: string | null;
}

/** Rule 6182 short sale mark. */
export type ShortSale = 'NONE' | 'SHORT' | 'SHORT_EXEMPT';

/** The reporting party's side. */
export type Side = 'BUY' | 'SELL' | 'CROSS';

/** Part of the time between execution and acceptance that one stage took. */
export interface StageShare {
  readonly stage: string;
  readonly durationNs: bigint;
}

/** When one execution passed each stage, UTC nanoseconds; null where it has not been there yet. */
export interface StageStamps {
  /** The execution's own time, from the source */
  readonly executedNs: bigint | null;
  /** Bytes arrived at the gateway */
  readonly receivedNs: bigint | null;
  /** Handed to the log by the gateway */
  readonly loggedNs: bigint | null;
  /** Decision made */
  readonly enrichedNs: bigint | null;
  /** Report intent appended */
  readonly intendedNs: bigint | null;
  /** Report bytes handed to the socket */
  readonly sentNs: bigint | null;
  /** The facility's answer read */
  readonly answeredNs: bigint | null;
  /** The facility's own time of acceptance */
  readonly facilityNs: bigint | null;
  /** Offset of this host against its time source at the last stamp, where measured */
  readonly clockOffsetNs: bigint | null;
}

/** Which rule family the security falls under. */
export type SymbolClass = 'NMS' | 'OTC_EQUITY' | 'RESTRICTED_144A' | 'DPP';

/** One question the rulebook was asked. */
export interface TraceStep {
  readonly question: string;
  readonly answer: string;
  readonly ruleId: string;
  readonly clause: string;
  readonly certainty: Certainty;
  readonly inputs: string;
}

/** Kinds of trade that change field 4. */
export type TradeType = 'REGULAR' | 'PRP' | 'STOP_STOCK' | 'WEIGHTED_AVERAGE';

/** When the present backlog will breach, at the present rate of acceptance. */
export interface BacklogForecast {
  readonly meta: EventMeta;
  readonly facility: string;
  readonly open: number;
  /** Accepted reports per second, in thousandths */
  readonly serviceRateE3: bigint;
  /** Null when no breach is in sight */
  readonly breachInNs: bigint | null;
  readonly nearestDueNs: bigint | null;
}

/** CAT answered. */
export interface CatFeedbackReceived {
  readonly meta: EventMeta;
  readonly fileName: string;
  readonly feedbackFile: string;
  /** ACKNOWLEDGEMENT, INTEGRITY, INGESTION or LINKAGE */
  readonly stage: string;
  /** Success or Failure, as CAT wrote it */
  readonly status: string;
  readonly acceptedCount: number;
  readonly rejectedCount: number;
  /** About the file as a whole */
  readonly issues: readonly Issue[];
  /** Records that CAT rejected or could not link */
  readonly errors: readonly CatRecordError[];
}

/** A CAT file is about to be uploaded: its name, bytes and digest are fixed. */
export interface CatFileIntended {
  readonly meta: EventMeta;
  readonly fileName: string;
  /** CAT trading day of its records, YYYYMMDD */
  readonly tradeDate: string;
  readonly imid: string;
  readonly recordCount: number;
  /** Of the content before compression */
  readonly sha256: string;
  readonly firmRoeIds: readonly string[];
  /** Parallel to firmRoeIds */
  readonly executionIds: readonly string[];
  /** 8:00 Eastern on the trading day after */
  readonly dueAtNs: bigint;
  /** The JSON lines themselves, so that whoever takes over sends the very same bytes */
  readonly content: Uint8Array;
}

/** A CAT file and its metadata are on the CAT side. */
export interface CatFileSubmitted {
  readonly meta: EventMeta;
  readonly fileName: string;
  readonly submittedNs: bigint;
  readonly recordCount: number;
  readonly bytes: bigint;
}

/** A record that a service could not read or process; kept whole so that a person can send it back. */
export interface DeadLettered {
  readonly meta: EventMeta;
  readonly service: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly code: string;
  readonly text: string;
  readonly value: Uint8Array;
}

/** A person did something. */
export interface DeskActed {
  readonly meta: EventMeta;
  readonly actionId: string;
  readonly actor: string;
  readonly role: string;
  /** RESUBMIT, DISCARD, CANCEL_REPORT, RESOLVE_IN_DOUBT, ACKNOWLEDGE */
  readonly verb: string;
  /** Repair item, report or alert id */
  readonly subject: string;
  readonly fields: ExecutionFields | null;
  readonly reason: string | null;
  readonly source: string | null;
  readonly sourceExecutionId: string | null;
  /** RESOLVE_IN_DOUBT: what the facility told the officer: ACCEPTED, NOT_RECEIVED (send again) or REJECTED */
  readonly outcome: string | null;
  /** Of an ACCEPTED outcome, YYYYMMDD */
  readonly controlDate: string | null;
  /** Of an ACCEPTED outcome */
  readonly controlNumber: string | null;
  /** RESUBMIT and DISCARD: stage of the repair item */
  readonly repairStage: string | null;
  /** RESUBMIT: action of the repair item */
  readonly executionAction: ExecutionAction | null;
  /** RESUBMIT: what a cancel or correction refers to, as repaired */
  readonly refSourceExecutionId: string | null;
}

/** A source told us of an execution, a cancel or a correction; durable before it was acknowledged. */
export interface ExecutionReceived {
  readonly meta: EventMeta;
  readonly executionId: string;
  /** 0 for the first message of a lineage */
  readonly revision: number;
  readonly action: ExecutionAction;
  readonly channel: Channel;
  /** Name of the source as configured */
  readonly source: string;
  readonly sourceExecutionId: string;
  /** What a cancel or correction refers to */
  readonly refSourceExecutionId: string | null;
  /** FIX session, API key name or upload id */
  readonly sessionId: string;
  /** MsgSeqNum on that session */
  readonly sessionSeq: bigint | null;
  /** Of action and fields */
  readonly contentHash: string;
  readonly fields: ExecutionFields;
  /** fix, json, csv */
  readonly originalFormat: string;
  /** The message as it came, cut at 64 KiB */
  readonly original: Uint8Array;
  /** Repair item this settles */
  readonly repairOf: string | null;
  /** Person who resubmitted it */
  readonly actor: string | null;
}

/** One step of a FIX session’s durable state. */
export interface FixSessionAdvanced {
  readonly meta: EventMeta;
  readonly sessionId: string;
  /** OUT, IN or RESET */
  readonly kind: string;
  readonly seq: bigint;
  readonly isApplication: boolean;
  /** Bytes as sent; empty for IN and RESET */
  readonly message: Uint8Array;
}

/** The window closed without an accepted report. */
export interface ObligationBreached {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly revision: number;
  readonly reportId: string;
  readonly facility: string;
  readonly dueAtNs: bigint;
  readonly stage: string;
  readonly holder: string;
}

/** The report was accepted; late or not, and where the time went. */
export interface ObligationMet {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly revision: number;
  readonly reportId: string;
  readonly facility: string;
  readonly dueAtNs: bigint;
  readonly acceptedNs: bigint;
  readonly usedNs: bigint;
  readonly late: boolean;
  readonly latenessNs: bigint;
  readonly attribution: readonly StageShare[];
  readonly worstStage: string;
}

/** A share of the window is used up and the report is not accepted. */
export interface ObligationWarned {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly revision: number;
  readonly reportId: string;
  readonly facility: string;
  readonly dueAtNs: bigint;
  readonly windowNs: bigint;
  readonly percentUsed: number;
  /** Who holds it */
  readonly stage: string;
  /** Process or session */
  readonly holder: string;
}

/** Something an on-call engineer must look at; named like its runbook. */
export interface OperationsAlert {
  readonly meta: EventMeta;
  /** Name of the alert and of its runbook */
  readonly alert: string;
  readonly subject: string;
  /** info, warning or critical */
  readonly severity: string;
  /** RAISED or CLEARED */
  readonly state: string;
  readonly text: string;
  readonly action: string;
}

/** One row of reference data changed. */
export interface ReferenceUpdated {
  readonly meta: EventMeta;
  /** securities, mpids, halts */
  readonly table: string;
  readonly key: string;
  /** UPSERT or DELETE */
  readonly op: string;
  /** JSON of the row after the change */
  readonly row: string;
  readonly effectiveNs: bigint;
  readonly actor: string | null;
}

/** A repair item is settled. */
export interface RepairClosed {
  readonly meta: EventMeta;
  readonly repairId: string;
  /** RESUBMITTED, DISCARDED or SUPERSEDED */
  readonly resolution: string;
  readonly actor: string | null;
  readonly reason: string | null;
  readonly executionId: string | null;
}

/** Something a person must mend before it can go on; the stream has gone on without it. */
export interface RepairOpened {
  readonly meta: EventMeta;
  readonly repairId: string;
  /** gateway, enrichment, facility or cat */
  readonly stage: string;
  readonly executionId: string | null;
  readonly source: string;
  readonly sourceExecutionId: string;
  readonly action: ExecutionAction;
  readonly refSourceExecutionId: string | null;
  readonly channel: Channel;
  readonly issues: readonly Issue[];
  readonly fields: ExecutionFields;
  readonly originalFormat: string;
  readonly original: Uint8Array;
  /** When the window closes, where it could be told */
  readonly dueAtNs: bigint | null;
  readonly facility: string | null;
  readonly reportId: string | null;
}

/** The facility took the report. */
export interface ReportAccepted {
  readonly meta: EventMeta;
  readonly reportId: string;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly sessionId: string;
  /** The facility's time where given, else the answer's */
  readonly acceptedNs: bigint;
  readonly dueAtNs: bigint;
  readonly executedNs: bigint;
  readonly late: boolean;
  readonly controlDate: string;
  readonly controlNumber: string;
  readonly refControlNumber: string | null;
  /** As the facility returned them */
  readonly modifiers: readonly Modifier[];
  /** ANSWER, RESEND, QUERY or PERSON */
  readonly resolvedBy: string;
  readonly message: Uint8Array;
}

/** The report waits: for the facility to open, a session, an earlier report of its lineage, or a person. */
export interface ReportHeld {
  readonly meta: EventMeta;
  readonly reportId: string;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly cause: string;
  readonly untilNs: bigint | null;
  readonly dueAtNs: bigint;
}

/** A report left us and no answer is known. */
export interface ReportInDoubt {
  readonly meta: EventMeta;
  readonly reportId: string;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly sessionId: string;
  readonly msgSeqNum: bigint;
  /** DISCONNECTED, SILENCE, RESTARTED */
  readonly cause: string;
  readonly sinceNs: bigint;
  /** RESEND, QUERY, PERSON */
  readonly nextStep: string;
  readonly dueAtNs: bigint;
}

/** Appended before the bytes leave: from here on the outcome is in doubt until answered. */
export interface ReportIntended {
  readonly meta: EventMeta;
  readonly reportId: string;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly sessionId: string;
  readonly msgSeqNum: bigint;
  readonly attempt: number;
  readonly dueAtNs: bigint;
  /** FIX bytes as sent */
  readonly message: Uint8Array;
  readonly refReportId: string | null;
}

/** The facility refused the report; the clock keeps running. */
export interface ReportRejected {
  readonly meta: EventMeta;
  readonly reportId: string;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly facility: Facility;
  readonly sessionId: string;
  readonly code: string;
  readonly text: string;
  /** FIX_DATA, SET_UP, RETRY, DUPLICATE, OPERATOR */
  readonly retryClass: string;
  readonly dueAtNs: bigint;
  readonly message: Uint8Array;
}

/** A session with a counterparty came up or went down. */
export interface SessionStateChanged {
  readonly meta: EventMeta;
  readonly sessionId: string;
  /** gateway or facility */
  readonly role: string;
  /** CONNECTED, LOGGED_ON, DISCONNECTED */
  readonly state: string;
  readonly process: string;
  readonly text: string | null;
}

/** An execution with everything the reporter needs: decision, facility, report identity. */
export interface TradeReportable {
  readonly meta: EventMeta;
  readonly executionId: string;
  readonly revision: number;
  readonly action: ReportAction;
  readonly source: string;
  readonly sourceExecutionId: string;
  /** TradeReportID (571); null when nothing is to be sent */
  readonly reportId: string | null;
  /** Report that a cancel or correction refers to */
  readonly refReportId: string | null;
  readonly facility: Facility | null;
  readonly execution: ReportableExecution;
  readonly decision: Decision;
  readonly facilityReason: string;
  readonly reportingSideReason: string;
  readonly contentHash: string;
}

/** Every event by name. */
export interface EventTypes {
  readonly BacklogForecast: BacklogForecast;
  readonly CatFeedbackReceived: CatFeedbackReceived;
  readonly CatFileIntended: CatFileIntended;
  readonly CatFileSubmitted: CatFileSubmitted;
  readonly DeadLettered: DeadLettered;
  readonly DeskActed: DeskActed;
  readonly ExecutionReceived: ExecutionReceived;
  readonly FixSessionAdvanced: FixSessionAdvanced;
  readonly ObligationBreached: ObligationBreached;
  readonly ObligationMet: ObligationMet;
  readonly ObligationWarned: ObligationWarned;
  readonly OperationsAlert: OperationsAlert;
  readonly ReferenceUpdated: ReferenceUpdated;
  readonly RepairClosed: RepairClosed;
  readonly RepairOpened: RepairOpened;
  readonly ReportAccepted: ReportAccepted;
  readonly ReportHeld: ReportHeld;
  readonly ReportInDoubt: ReportInDoubt;
  readonly ReportIntended: ReportIntended;
  readonly ReportRejected: ReportRejected;
  readonly SessionStateChanged: SessionStateChanged;
  readonly TradeReportable: TradeReportable;
}
