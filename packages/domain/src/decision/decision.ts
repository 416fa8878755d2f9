import type { Issue } from '../issue.ts';
import type { Ns } from '../ns.ts';
import type { Certainty } from '../rulebook/entry.ts';
import type { ModifierField, ReportAction } from '../rulebook/rulebook.ts';

/** One modifier in the rulebook's own letters; see `wireModifiers` for a facility's codes. */
export interface DecidedModifier {
  readonly field: ModifierField;
  readonly code: string;
}

/** One question the rulebook was asked, and the entry that answered. */
export interface DecisionStep {
  readonly question: string;
  readonly answer: string;
  readonly ruleId: string;
  readonly clause: string;
  readonly certainty: Certainty;
  /** What of the event went into the answer, for a person to read. */
  readonly inputs: string;
}

interface DecisionBase {
  readonly rulebookVersion: string;
  /** Eastern date of the execution, `YYYYMMDD` as tag 75 has it. */
  readonly tradeDate: string;
  /** Reported (or, without that, due) on a later Eastern date than executed. */
  readonly asOf: boolean;
  /** What a report made in time carries. */
  readonly modifiers: readonly DecidedModifier[];
  /** What it must carry if it is late. */
  readonly lateModifiers: readonly DecidedModifier[];
  /** Rule number, then paragraph as far as known. */
  readonly clause: string;
  /** That of the weakest rule which shaped the answer. */
  readonly certainty: Certainty;
  /** The entry that set the deadline, or that says why there is none. */
  readonly ruleId: string;
  readonly action: ReportAction;
  readonly trace: readonly DecisionStep[];
}

/** This party must send this event to this facility. */
export interface ReportableDecision extends DecisionBase {
  readonly reportable: true;
  /** From when the facility takes it: the event itself, or the next opening. */
  readonly opensAtNs: Ns;
  /** Last instant in time, itself included. */
  readonly dueAtNs: Ns;
}

/** Nothing is to be sent; `clause` and the last step of `trace` say why. */
export interface NotReportableDecision extends DecisionBase {
  readonly reportable: false;
  readonly opensAtNs: null;
  readonly dueAtNs: null;
}

export type Decision = ReportableDecision | NotReportableDecision;

/** A decision, or the reason why the rulebook gives none; never both, never a guess. */
export type DecisionResult =
  | { readonly decision: Decision; readonly issue: null }
  | { readonly decision: null; readonly issue: Issue };

/** Late: accepted after the last instant in time. Acceptance at that very instant is in time. */
export function isLate(decision: Decision, acceptedNs: Ns): boolean {
  return decision.reportable && acceptedNs > decision.dueAtNs;
}

/** What a report that the facility receives at `reportedNs` must carry. */
export function modifiersIfReportedAt(decision: Decision, reportedNs: Ns): readonly DecidedModifier[] {
  return isLate(decision, reportedNs) ? decision.lateModifiers : decision.modifiers;
}
