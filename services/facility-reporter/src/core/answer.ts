import type { Ns } from '@tapeclock/domain';
import type { Modifier } from '@tapeclock/schemas';

/** A message of the facility, read. Tags and shapes are the profile's business; here only what it says. */
export type Answer =
  | {
      readonly kind: 'accepted';
      /** Our id (571) of the report, which the facility returns as 572. */
      readonly wireId: string;
      readonly controlDate: string;
      readonly controlNumber: string;
      readonly refControlNumber: string | null;
      readonly modifiers: readonly Modifier[];
      /** The facility marked it late itself. */
      readonly markedLate: boolean | null;
      /** The facility's own time of it; null where it cannot be told. */
      readonly facilityNs: Ns | null;
      /** Id of the query that it answers, else null. */
      readonly queryId: string | null;
    }
  | {
      readonly kind: 'rejected';
      readonly wireId: string;
      readonly code: string;
      readonly text: string;
    }
  /** The facility does not know the report that this query was about. */
  | { readonly kind: 'notFound'; readonly queryId: string }
  /** The facility would not look: nothing is learnt from it. */
  | { readonly kind: 'queryRefused'; readonly queryId: string }
  /** Session or business reject of one of our messages: it was not even read as a report. */
  | {
      readonly kind: 'refused';
      readonly refSeqNum: bigint;
      readonly refMsgType: string;
      readonly code: string;
      readonly text: string;
    }
  /** About trades of others (alleged, matched), or the first half of an answer: nothing follows from it here. */
  | { readonly kind: 'ignored'; readonly why: string };

/** An answer with where and how it came. */
export interface ReceivedAnswer {
  readonly sessionId: string;
  readonly answer: Answer;
  readonly message: Uint8Array;
  /** PossDupFlag (43): it had been sent to us before and comes by FIX resend. */
  readonly isPossDup: boolean;
}
