import {
  type Change,
  decide,
  easternDate,
  type Rulebook,
  type Decision as RulebookDecision,
} from '@tapeclock/domain';
import type { Decision, ReportableExecution } from '@tapeclock/schemas';
import { type Decide, type DecisionQuestion, DecisionRefused, type ToldAction } from './decide.ts';
import { tradeMarks } from './trade-marks.ts';

const KINDS = { NEW: 'new', CANCEL: 'cancel', CORRECT: 'correct' } as const;

/** The rulebook, asked in the service's terms; adds the marks that depend on the trade rather than on the clock. */
export function rulebookDecide(rulebook: Rulebook): Decide {
  return (question) => {
    const { execution, facility, action, actedNs, original } = question;
    const { decision, issue } = decide(rulebook, {
      kind: KINDS[action],
      facility,
      symbolClass: execution.symbolClass,
      executedNs: execution.executedNs,
      role: question.role,
      reportType: execution.reportType,
      tradeType: execution.tradeType,
      referenceNs: execution.referenceNs,
      eventNs: action === 'NEW' ? null : actedNs,
      ...(original === null ? {} : { changes: changesOf(original, execution) }),
    });
    if (issue !== null) throw new DecisionRefused(issue);
    return { action: toldAction(question, decision), decision: asEvent(rulebook, question, decision) };
  };
}

/** Names of the log where the rulebook has its own; nothing to send keeps the name of what was asked. */
function toldAction({ action }: DecisionQuestion, decision: RulebookDecision): ToldAction {
  switch (decision.action) {
    case 'NONE':
    case 'ACCEPT_OR_DECLINE':
      return action;
    default:
      return decision.action;
  }
}

function asEvent(rulebook: Rulebook, question: DecisionQuestion, decision: RulebookDecision): Decision {
  const { rulebookVersion, reportable, asOf, tradeDate, clause, certainty, ruleId } = decision;
  const marks =
    reportable && question.action !== 'CANCEL'
      ? tradeMarks(rulebook, question.execution, decision)
      : { modifiers: [], steps: [] };
  const byField = (a: { readonly field: number }, b: { readonly field: number }) => a.field - b.field;
  return {
    rulebookVersion,
    reportable,
    // The log has no room for "never": where nothing is due both are the instant that was asked about.
    opensAtNs: decision.opensAtNs ?? question.actedNs,
    dueAtNs: decision.dueAtNs ?? question.actedNs,
    asOf,
    tradeDate,
    modifiers: [...decision.modifiers, ...marks.modifiers].sort(byField),
    lateModifiers: [...decision.lateModifiers, ...marks.modifiers].sort(byField),
    clause,
    certainty,
    ruleId,
    trace: [...decision.trace, ...marks.steps],
  };
}

function changesOf(original: ReportableExecution, execution: ReportableExecution): readonly Change[] {
  const changes: Change[] = [];
  if (original.symbol !== execution.symbol) changes.push('symbol');
  if (original.priceE8 !== execution.priceE8) changes.push('price');
  if (original.quantityE6 !== execution.quantityE6) changes.push('quantity');
  if (original.executedNs !== execution.executedNs) changes.push('executedAt');
  if (easternDate(original.executedNs) !== easternDate(execution.executedNs)) changes.push('tradeDate');
  return changes;
}
