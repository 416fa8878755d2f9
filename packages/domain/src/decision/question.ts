import type { Facility, SymbolClass } from '../facility.ts';
import type { Ns } from '../ns.ts';
import type { Change } from '../rulebook/rulebook.ts';

/** What is to be reported. `reversal` is the same request as `cancel`, in the words of the user. */
export const QUESTION_KINDS = ['new', 'cancel', 'correct', 'reversal', 'contra'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const VENUES = ['OTC', 'EXCHANGE'] as const;
export type Venue = (typeof VENUES)[number];

export const ROLES = ['EXECUTING_PARTY', 'NON_EXECUTING_PARTY'] as const;
export type Role = (typeof ROLES)[number];

export const QUESTION_REPORT_TYPES = ['TAPE', 'NON_TAPE', 'CLEARING_ONLY'] as const;
export type QuestionReportType = (typeof QUESTION_REPORT_TYPES)[number];

export const QUESTION_TRADE_TYPES = ['REGULAR', 'PRP', 'STOP_STOCK', 'WEIGHTED_AVERAGE'] as const;
export type QuestionTradeType = (typeof QUESTION_TRADE_TYPES)[number];

/** Everything a decision depends on besides the rulebook. All instants are UTC nanoseconds. */
export interface Question {
  readonly kind: QuestionKind;
  readonly facility: Facility;
  readonly symbolClass: SymbolClass;
  /** Execution of the trade; the window runs from here, also for prior reference price and stop stock. */
  readonly executedNs: Ns;
  /** Default `OTC`. */
  readonly venue?: Venue;
  /**
   * The party whose duty is asked for. Default: the executing party; for `contra` the other one, since
   * accepting or declining is nobody else's.
   */
  readonly role?: Role;
  /** Default `true`. */
  readonly ownershipChange?: boolean;
  /** Default `TAPE`. */
  readonly reportType?: QuestionReportType;
  /** Default `REGULAR`. */
  readonly tradeType?: QuestionTradeType;
  /** Prior reference or agreement, for `PRP` and `STOP_STOCK`; recorded in the trace. */
  readonly referenceNs?: Ns | null;
  /** `new`: when the facility receives this accepted report; without it the report is taken to be in time. */
  readonly reportedNs?: Ns | null;
  /** `cancel`, `correct`, `reversal`: when the original was accepted; without it, taken to be in time. */
  readonly originalReportedNs?: Ns | null;
  /** `cancel`, `correct`, `reversal`: when it was cancelled or found to be wrong. Required there. */
  readonly eventNs?: Ns | null;
  /** `correct`: what changes. */
  readonly changes?: readonly Change[];
}
