/**
 * One line of `facility-journal.jsonl`: what the facility did, in its own words, durable before the answer left.
 * The journal is the judge in every test, so nothing is ever hidden or folded together in it.
 */
export type JournalEntry =
  | (ReportEntry & {
      readonly kind: 'ACCEPTED';
      readonly controlDate: string;
      readonly controlNumber: string;
    })
  | (ReportEntry & { readonly kind: 'REJECTED'; readonly code: string; readonly text: string })
  /** A report id (571) that was accepted before came again and was not a retransmission of the same message. */
  | (ReportEntry & { readonly kind: 'SEEN_TWICE'; readonly controlNumber: string; readonly possDup: boolean })
  | {
      readonly kind: 'SESSION';
      readonly at: string;
      readonly session: string;
      readonly step: 'RESET' | 'OPENED' | 'CLOSED';
    }
  | OutEntry;

/** What a report said. Prices, quantities and times are kept as they stood on the wire. */
export interface ReportEntry {
  /** RFC 3339, nanoseconds, the facility's clock. */
  readonly at: string;
  readonly session: string;
  /** MsgSeqNum of the report. */
  readonly seq: number;
  readonly facility: string;
  readonly action: 'NEW' | 'CANCEL' | 'CORRECT' | 'REVERSAL';
  readonly tradeReportId: string;
  /** 572 or 1003 of the report that a cancel, correction or reversal refers to. */
  readonly ref: string | null;
  readonly symbol: string;
  readonly quantity: string;
  readonly price: string;
  readonly executedAt: string;
  readonly late: boolean;
}

/** An outgoing application message: kept so that it can be sent again after a restart. */
export interface OutEntry {
  readonly kind: 'OUT';
  readonly at: string;
  readonly session: string;
  readonly seq: number;
  /** Sequence number of the message that it answers; the facility has taken everything up to there. */
  readonly takenUpTo: number;
  /** The message, base64. */
  readonly message: string;
}
