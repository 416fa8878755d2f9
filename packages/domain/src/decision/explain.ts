/** A decision for a person to file, and for a program to read. Both say the same. */
import { easternText } from '../calendar/eastern.ts';
import { type Ns, rfc3339FromNs } from '../ns.ts';
import type { Certainty } from '../rulebook/entry.ts';
import type { ReportAction } from '../rulebook/rulebook.ts';
import { type DecidedModifier, type Decision, isLate, modifiersIfReportedAt } from './decision.ts';
import type { QuestionId } from './explain-input.ts';
import type { Question } from './question.ts';

/** The decision as plain JSON: instants in UTC with nine digits, modifiers as `<field>:<letter>`. */
export interface ExplainAnswer {
  readonly id: QuestionId;
  readonly reportable: boolean;
  readonly opensAt: string | null;
  readonly dueAt: string | null;
  readonly asOf: boolean;
  /** With `reportedAt` what that report must carry, otherwise what one made in time carries. */
  readonly modifiers: readonly string[];
  readonly clause: string;
  readonly certainty: Certainty;
  readonly action: ReportAction;
}

export function explainAsJson(id: QuestionId, question: Question, decision: Decision): ExplainAnswer {
  return {
    id,
    reportable: decision.reportable,
    opensAt: decision.opensAtNs === null ? null : rfc3339FromNs(decision.opensAtNs),
    dueAt: decision.dueAtNs === null ? null : rfc3339FromNs(decision.dueAtNs),
    asOf: decision.asOf,
    modifiers: carried(question, decision).map(({ field, code }) => `${field}:${code}`),
    clause: decision.clause,
    certainty: decision.certainty,
    action: decision.action,
  };
}

const KIND_TEXTS = {
  new: 'A new report',
  cancel: 'A cancellation',
  correct: 'A correction',
  reversal: 'A reversal',
  contra: "The contra party's acceptance or decline",
} as const;

const ACTION_TEXTS: Readonly<Record<ReportAction, string>> = {
  NEW: 'send a new report',
  CANCEL: 'send a cancel',
  REVERSAL: 'send a reversal',
  CORRECT: 'send a correction',
  CANCEL_AND_NEW: 'send a cancel and then a new report',
  REVERSAL_AND_NEW: 'send a reversal and then a new as/of report',
  ACCEPT_OR_DECLINE: 'accept or decline',
  NONE: 'nothing is to be sent',
};

const CERTAINTY_TEXTS: Readonly<Record<Certainty, string>> = {
  verified: 'verified: read in a primary source',
  derived: 'derived: worked out from what was read, to be confirmed',
  assumed: 'ASSUMED: a choice of this rulebook where no text was found; ask FINRA before relying on it',
};

/** A short account for the file: what happened, what had to be done by when, why, and how sure that is. */
export function explainAsStory(question: Question, decision: Decision): string {
  const subject = `${KIND_TEXTS[question.kind]} to ${question.facility}, ${question.symbolClass}`;
  const lines = [`${subject}, executed ${easternText(question.executedNs)}.`];
  const eventNs = question.kind === 'new' || question.kind === 'contra' ? null : question.eventNs;
  if (eventNs != null) lines.push(`Cancelled or found to be wrong ${easternText(eventNs)}.`);
  lines.push(
    '',
    ...(decision.reportable ? dutyLines(question, decision) : ['Not reportable by this party here.']),
  );
  lines.push(
    '',
    `Clause ${decision.clause}, entry ${decision.ruleId}, rulebook ${decision.rulebookVersion}.`,
    `How sure: ${CERTAINTY_TEXTS[decision.certainty]}.`,
    '',
    'Why:',
  );
  for (const [index, step] of decision.trace.entries()) {
    lines.push(
      `${index + 1}. ${step.question} ${step.answer} [${step.ruleId}, ${step.clause}, ${step.certainty}]`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function dutyLines(question: Question, decision: Extract<Decision, { reportable: true }>): readonly string[] {
  const lines = [
    `To do: ${ACTION_TEXTS[decision.action]}.`,
    `From:  ${bothTimes(decision.opensAtNs)}`,
    `By:    ${bothTimes(decision.dueAtNs)}, that instant included`,
    decision.asOf
      ? `As/of, trade date ${decision.tradeDate}.`
      : `Trade date ${decision.tradeDate}, not as/of.`,
  ];
  const reportedNs = question.kind === 'new' ? question.reportedNs : null;
  if (reportedNs == null) {
    lines.push(
      `In time it carries ${marksText(decision.modifiers)}; late it carries ${marksText(decision.lateModifiers)}.`,
    );
    return lines;
  }
  const late = isLate(decision, reportedNs);
  lines.push(
    `Reported ${bothTimes(reportedNs)}: ${late ? 'LATE' : 'in time'}. It carries ${marksText(carried(question, decision))}.`,
  );
  return lines;
}

function carried(question: Question, decision: Decision): readonly DecidedModifier[] {
  const reportedNs = question.kind === 'new' ? question.reportedNs : null;
  return reportedNs == null ? decision.modifiers : modifiersIfReportedAt(decision, reportedNs);
}

function marksText(modifiers: readonly DecidedModifier[]): string {
  return modifiers.length === 0
    ? 'no mark'
    : modifiers.map(({ field, code }) => `${field}:${code}`).join(' and ');
}

function bothTimes(ns: Ns): string {
  return `${easternText(ns)} (${rfc3339FromNs(ns)})`;
}
