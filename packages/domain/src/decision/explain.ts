/** A decision for a person to file, and for a program to read. Both say the same. */
import { easternText } from '../calendar/eastern.ts';
import type { Facility, SymbolClass } from '../facility.ts';
import { type Ns, rfc3339FromNs } from '../ns.ts';
import type { Certainty } from '../rulebook/entry.ts';
import type { ReportAction } from '../rulebook/rulebook.ts';
import {
  type DecidedModifier,
  type Decision,
  type DecisionStep,
  isLate,
  modifiersIfReportedAt,
  type ReportableDecision,
} from './decision.ts';
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

const SUBJECTS: Readonly<Record<Question['kind'], string>> = {
  new: 'A report',
  cancel: 'A cancellation',
  correct: 'A correction',
  reversal: 'A reversal',
  contra: "The contra party's answer to a report",
};

const FACILITY_TEXTS: Readonly<Record<Facility, string>> = {
  ADF: 'the ADF',
  TRF_CARTERET: 'the Nasdaq TRF in Carteret',
  TRF_CHICAGO: 'the Nasdaq TRF in Chicago',
  TRF_NYSE: 'the NYSE TRF',
  ORF: 'the ORF',
};

const SECURITY_TEXTS: Readonly<Record<SymbolClass, string>> = {
  NMS: 'an NMS stock',
  OTC_EQUITY: 'an OTC equity security',
  RESTRICTED_144A: 'a restricted (144A) equity security',
  DPP: 'a direct participation program',
};

const ACTION_TEXTS: Readonly<Record<ReportAction, string>> = {
  NEW: 'This party sends a new report',
  CANCEL: 'This party sends a cancel',
  REVERSAL: 'This party sends a reversal, which carries the original control details',
  CORRECT: 'This party sends a correction',
  CANCEL_AND_NEW: 'This party sends a cancel and then a new report',
  REVERSAL_AND_NEW: 'This party sends a reversal and then a new as/of report',
  ACCEPT_OR_DECLINE: 'This party accepts or declines',
  NONE: 'This party sends nothing',
};

const CERTAINTY_TEXTS: Readonly<Record<Certainty, string>> = {
  verified: 'verified: read in a primary source',
  derived: 'derived: worked out from what was read, to be confirmed',
  assumed: 'ASSUMED: a choice of this rulebook where no text was found; ask FINRA before relying on it',
};

/** A short account for the file: what happened, what had to be done by when, why, and how sure that is. */
export function explainAsStory(question: Question, decision: Decision): string {
  const paragraphs = [
    whatHappened(question),
    decision.reportable
      ? duty(question, decision)
      : `Nothing is to be sent to ${FACILITY_TEXTS[question.facility]} by this party. ${reasonWhy(decision)}`,
    ...(decision.reportable ? [marks(question, decision)] : []),
    foundation(decision),
    traceText(decision.trace),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

/** The sentence of the entry that answered last, without the yes or no of its question. */
function reasonWhy({ trace }: Decision): string {
  return (trace.at(-1)?.answer ?? '').replace(/^(?:Yes|No): /, '');
}

function whatHappened(question: Question): string {
  const { kind, facility, symbolClass, venue, tradeType, reportType } = question;
  const executed = `${SECURITY_TEXTS[symbolClass]}, executed ${shortEastern(question.executedNs)}`;
  const where = venue === 'EXCHANGE' ? ' on an exchange' : '';
  const special = [tradeType, reportType].filter(
    (name) => name != null && name !== 'REGULAR' && name !== 'TAPE',
  );
  const of = special.length === 0 ? '' : ` (${special.join(', ')})`;
  const sentences = [`${SUBJECTS[kind]} to ${FACILITY_TEXTS[facility]} of ${executed}${where}${of}.`];
  const eventNs = kind === 'new' || kind === 'contra' ? null : question.eventNs;
  if (eventNs != null) {
    sentences.push(`${kind === 'correct' ? 'Found to be wrong' : 'Cancelled'} ${shortEastern(eventNs)}.`);
    const originalNs = question.originalReportedNs;
    sentences.push(
      originalNs == null
        ? 'The original is taken to have been reported in time.'
        : `The original was accepted ${shortEastern(originalNs)}.`,
    );
  }
  if (question.referenceNs != null) {
    sentences.push(
      `Its price refers to ${shortEastern(question.referenceNs)}; the time runs from the execution.`,
    );
  }
  return sentences.join(' ');
}

function duty(question: Question, decision: ReportableDecision): string {
  const fromNs =
    question.kind === 'new' || question.kind === 'contra' ? question.executedNs : question.eventNs;
  const atOnce = decision.opensAtNs === fromNs;
  return [
    `${ACTION_TEXTS[decision.action]}.`,
    atOnce
      ? 'It can do so at once.'
      : `The facility is closed then and takes it from ${bothTimes(decision.opensAtNs)}.`,
    `It is due by ${bothTimes(decision.dueAtNs)}, that instant included.`,
    decision.asOf
      ? `It is as/of: the trade date is ${tradeDateText(decision)}.`
      : `The trade date is ${tradeDateText(decision)}, not as/of.`,
  ].join('\n');
}

function marks(question: Question, decision: ReportableDecision): string {
  const reportedNs = question.kind === 'new' ? question.reportedNs : null;
  if (question.kind !== 'new') return `It carries ${marksText(decision.modifiers)}.`;
  if (reportedNs == null) {
    const late = marksText(decision.lateModifiers);
    return `Made in time it carries ${marksText(decision.modifiers)}; late it carries ${late}.`;
  }
  const outcome = isLate(decision, reportedNs) ? 'which is LATE' : 'which is in time';
  return `It was reported ${bothTimes(reportedNs)}, ${outcome}, and carries ${marksText(carried(question, decision))}.`;
}

/** Clause and certainty; where that is not the best there is, the steps that make it so. */
function foundation(decision: Decision): string {
  const { clause, certainty, ruleId, rulebookVersion } = decision;
  const weak = decision.trace.filter((step) => certainty !== 'verified' && step.certainty === certainty);
  return [
    `Clause ${clause}, by entry ${ruleId} of rulebook ${rulebookVersion}.`,
    `How sure: ${CERTAINTY_TEXTS[certainty]}.`,
    ...(weak.length === 0
      ? []
      : [`The steps that are ${certainty}: ${weak.map((step) => step.ruleId).join(', ')}.`]),
  ].join('\n');
}

/** The questions in their order, each with its answer and the entry that gave it; also for a trace from the log. */
export function traceText(trace: readonly Omit<DecisionStep, 'inputs'>[]): string {
  return ['How the answer was reached:', ...trace.map(stepLine)].join('\n');
}

function stepLine(
  { question, answer, ruleId, clause, certainty }: Omit<DecisionStep, 'inputs'>,
  index: number,
): string {
  return `${index + 1}. ${question} ${withoutZeros(answer)} [${ruleId}, ${clause}, ${certainty}]`;
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

function tradeDateText({ tradeDate }: Decision): string {
  return `${tradeDate.slice(0, 4)}-${tradeDate.slice(4, 6)}-${tradeDate.slice(6)}`;
}

function bothTimes(ns: Ns): string {
  return `${shortEastern(ns)} (${rfc3339FromNs(ns)})`;
}

function shortEastern(ns: Ns): string {
  return withoutZeros(easternText(ns));
}

/** Whole seconds read better without nine zeros; where there are nanoseconds, they all stay. */
function withoutZeros(text: string): string {
  return text.replaceAll('.000000000', '');
}
