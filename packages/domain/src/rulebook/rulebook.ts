import type { EasternDate } from '../calendar/eastern.ts';
import type { Facility, SymbolClass } from '../facility.ts';
import type { Ns } from '../ns.ts';
import type { Certainty, Entry } from './entry.ts';

/** What a day is for a facility. A half day is a business day on which the market closes early. */
export const DAY_KINDS = ['BUSINESS', 'HALF', 'CLOSED'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

/** A time on the wall, or the facility's own opening or closing on that day. */
export type WallMark = 'OPEN' | 'CLOSE' | Ns;

/** An ordinary weekday, a weekend, a holiday or a half day. A rule with a `date` beats one with weekdays. */
export interface CalendarRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly kind: DayKind;
  readonly date: EasternDate | null;
  /** ISO weekdays, 1 Monday to 7 Sunday; empty when `date` is given. */
  readonly weekdays: readonly number[];
  readonly name: string;
}

/** When the trade date begins: at midnight (0), or on the evening before (negative). */
export interface TradeDayRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly beginsNsOfDay: Ns;
}

/** A facility, its trade reporting rule, and the classes of security it takes. */
export interface FacilityRule extends Entry {
  readonly facility: Facility;
  readonly name: string;
  readonly takes: readonly SymbolClass[];
}

/** When a facility takes reports on a kind of day; half-open, `[opens, closes)`. */
export interface HoursRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly days: readonly DayKind[];
  readonly opensNsOfDay: Ns;
  readonly closesNsOfDay: Ns;
  /** How sure the closing is; `certainty` speaks of the opening. They differ on half days. */
  readonly closingCertainty: Certainty;
}

/** Inside or outside normal market hours, which is what field 3 tells apart. */
export const SESSIONS = ['NORMAL', 'OUTSIDE'] as const;
export type Session = (typeof SESSIONS)[number];

export interface SessionRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly days: readonly DayKind[];
  readonly fromNsOfDay: Ns;
  readonly toNsOfDay: Ns;
  readonly session: Session;
}

/** How a deadline is reckoned. `EVENT` is the execution for a new report, the cancellation for a cancel. */
export type Due =
  | { readonly after: 'EVENT'; readonly ns: Ns }
  | { readonly after: 'OPENING'; readonly ns: Ns; readonly day: 'SAME' | 'NEXT_BUSINESS' }
  | { readonly at: Ns; readonly day: 'SAME' | 'NEXT_BUSINESS' }
  /** By the closing of the day if the facility can still take it then, otherwise of the next business day. */
  | { readonly byClose: true };

/** One band of the day and the deadline of what is executed in it. */
export interface DeadlineRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly symbolClasses: readonly SymbolClass[];
  readonly days: readonly DayKind[];
  readonly from: WallMark;
  readonly to: WallMark;
  readonly due: Due;
}

/** Which band the very instant of an edge belongs to: the rule texts leave it open. */
export interface EdgeRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly at: WallMark;
  readonly belongsTo: 'EARLIER' | 'LATER';
}

/** What becomes of a window that would end after the facility has closed. */
export interface ClosingRule extends Entry {
  readonly facilities: readonly Facility[];
  /** `BY_CLOSE`: due at the last instant before closing. `FULL_WINDOW`: the window runs on past closing. */
  readonly choice: 'BY_CLOSE' | 'FULL_WINDOW';
}

/** Deadline of a cancel, reversal or correction, by when was executed and when it was undone. */
export interface UndoDeadlineRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly request: 'UNDO' | 'CORRECT';
  readonly executed: readonly Session[];
  /** Eastern date of the event against that of the execution. */
  readonly eventDay: 'SAME' | 'LATER';
  readonly event: readonly Session[];
  readonly due: Due;
}

export const REPORT_ACTIONS = [
  'NEW',
  'CANCEL',
  'REVERSAL',
  'CORRECT',
  'CANCEL_AND_NEW',
  'REVERSAL_AND_NEW',
  'ACCEPT_OR_DECLINE',
  'NONE',
] as const;
export type ReportAction = (typeof REPORT_ACTIONS)[number];

/** Whether a report is taken back by cancel or by reversal, corrected or replaced. */
export interface UndoActionRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly request: 'UNDO' | 'CORRECT';
  /** Day of the original report (see `dayOf`) against the day on which this request can reach the facility. */
  readonly reportDay: 'SAME' | 'EARLIER';
  readonly changes: 'ANY' | 'CORRECTABLE' | 'NOT_CORRECTABLE';
  /** A setting per facility: does the report's own day decide, or the trade's? */
  readonly dayOf: 'REPORT' | 'TRADE';
  readonly action: ReportAction;
}

/** What a correction may touch. */
export const CHANGES = ['price', 'quantity', 'symbol', 'tradeDate', 'executedAt'] as const;
export type Change = (typeof CHANGES)[number];

export interface CorrectableRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly change: Change;
  readonly correctable: boolean;
}

/** How long the contra has to accept or decline. */
export interface ContraRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly executed: readonly Session[];
  readonly due: Due;
}

/** A reason why this party need not send this event. Every key of `when` must equal the question's. */
export interface ExemptionRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly question: string;
  readonly when: Readonly<Record<string, readonly (string | boolean)[]>>;
}

/** Field 3: the mark for session and lateness; `code` `null` means none. */
export interface HoursMarkRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly session: Session;
  readonly late: boolean;
  readonly code: string | null;
}

export type ModifierField = 1 | 2 | 3 | 4;

/** A modifier in the rulebook's own letters; `tradeTypes` lists the trade types that call for it. */
export interface ModifierRule extends Entry {
  readonly field: ModifierField;
  readonly code: string;
  readonly meaning: string;
  readonly tradeTypes: readonly string[];
  /** A second time must be sent with it. */
  readonly needsReferenceTime: boolean;
}

/** Which fields a report type carries; the others stay empty whatever the trade. */
export interface ReportTypeRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly reportType: string;
  readonly fields: readonly ModifierField[];
}

/** The rulebook's letter in a facility's own wire code. */
export interface WireRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly field: ModifierField;
  readonly code: string;
  /** `null`: the facility wants the field left out. */
  readonly wire: string | null;
}

export const REJECT_RETRIES = [
  'FIX_DATA',
  'FIX_OR_OVERRIDE',
  'CODE_BUG',
  'SET_UP',
  'CHECK_CLOCK',
  'AGREEMENT',
  'OTHER_FACILITY',
  'RECONCILE',
  'POSSIBLE_DUPLICATE',
  'SEND_REVERSAL',
  'CANCEL_AND_NEW',
  'RETRY_OR_FAIL_OVER',
  'HOLD',
  'RECORD',
  'OPERATOR',
] as const;
export type RejectRetry = (typeof REJECT_RETRIES)[number];

/** Why a facility refused, and what to do about it. */
export interface RejectCodeRule extends Entry {
  readonly facilities: readonly Facility[];
  readonly codes: readonly string[];
  readonly cause: string;
  readonly retry: RejectRetry;
  readonly action: string;
}

/** A document that statements rest on. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly where: string;
}

/** The rules as data, checked: every day of the coverage has exactly one answer to each question. */
export interface Rulebook {
  readonly version: string;
  /** First and last Eastern date of an event that it can judge. */
  readonly effectiveFrom: EasternDate;
  readonly effectiveTo: EasternDate;
  readonly sentence: string;
  readonly sources: readonly Source[];
  readonly calendar: readonly CalendarRule[];
  readonly tradeDays: readonly TradeDayRule[];
  readonly facilities: readonly FacilityRule[];
  readonly hours: readonly HoursRule[];
  readonly sessions: readonly SessionRule[];
  readonly deadlines: readonly DeadlineRule[];
  readonly edges: readonly EdgeRule[];
  readonly closings: readonly ClosingRule[];
  readonly undoDeadlines: readonly UndoDeadlineRule[];
  readonly undoActions: readonly UndoActionRule[];
  readonly correctables: readonly CorrectableRule[];
  readonly contras: readonly ContraRule[];
  readonly exemptions: readonly ExemptionRule[];
  readonly duties: readonly DutyRule[];
  readonly hoursMarks: readonly HoursMarkRule[];
  readonly modifiers: readonly ModifierRule[];
  readonly reportTypes: readonly ReportTypeRule[];
  readonly wires: readonly WireRule[];
  readonly rejectCodes: readonly RejectCodeRule[];
}

/** The duty itself: an over-the-counter trade, this party's, is reported here. */
export interface DutyRule extends Entry {
  readonly facilities: readonly Facility[];
}

/** Every entry of a rulebook, for a page that lists them or a search by id. */
export function entriesOf(rulebook: Rulebook): readonly Entry[] {
  const {
    version: _v,
    effectiveFrom: _f,
    effectiveTo: _t,
    sentence: _s,
    sources: _o,
    ...subjects
  } = rulebook;
  return Object.values(subjects).flat();
}
