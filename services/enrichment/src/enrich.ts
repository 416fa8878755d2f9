import type { Issue, Ns } from '@tapeclock/domain';
import type { Decision } from '@tapeclock/schemas';
import type { EnrichmentSettings } from './config.ts';
import { chooseFacility, type FacilityChoice } from './decision/choose-facility.ts';
import { type DecisionAnswer, DecisionRefused } from './decision/decide.ts';
import { dueOfRepair } from './decision/due-of-repair.ts';
import { reportableExecution } from './decision/reportable-execution.ts';
import { type ReportingSide, reportingSide } from './decision/reporting-side.ts';
import { findBase } from './lineage/find-base.ts';
import type { Lineage, ToldReport } from './lineage/lineage.ts';
import { type Moment, type Output, repairOutput, reportableOutput } from './outputs.ts';
import type { ReferenceView } from './reference/reference-book.ts';
import type { Subject } from './subject.ts';
import { LINEAGE_FINDINGS, type LineageFinding } from './validation/lineage-rules.ts';
import { type Reading, readExecution } from './validation/reading.ts';
import { issueOf, validate } from './validation/validate.ts';

export interface Enricher {
  readonly settings: EnrichmentSettings;
  readonly reference: ReferenceView;
}

/**
 * Judges one subject: a report (two where a correction must be told as a pair), or one repair item with every
 * issue. Pure; whatever goes wrong inside becomes a repair item too, because the trades behind must go on.
 */
export function enrich(
  enricher: Enricher,
  lineage: Lineage,
  subject: Subject,
  moment: Moment,
): readonly Output[] {
  let reading: Reading | null = null;
  try {
    reading = readSubject(enricher, subject, moment);
    const issues = validate(reading, enricher.settings.limits);
    const base = findBase(lineage, subject);
    if (base.finding !== null) {
      const found = [findingIssue(base.finding, subject), ...issues];
      return [repair(enricher, lineage, subject, reading, found, base.finding.isDue, moment)];
    }
    if (issues.length > 0) return [repair(enricher, lineage, subject, reading, issues, true, moment)];
    return subject.action === 'CANCEL' && base.report !== null
      ? [cancelOf(enricher, subject, reading, base.report, moment)]
      : reportOf(enricher, subject, reading, base.report, moment);
  } catch (error) {
    if (error instanceof DecisionRefused) {
      return [repair(enricher, lineage, subject, reading, [error.issue], true, moment)];
    }
    const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const issue = issueOf(LINEAGE_FINDINGS.enrichmentFailed, text);
    return [repair(enricher, lineage, subject, reading, [issue], true, moment)];
  }
}

/** A repair item for an id that came before with other content. Nothing is due: the first content stands. */
export function conflict(
  enricher: Enricher,
  lineage: Lineage,
  subject: Subject,
  moment: Moment,
): readonly Output[] {
  const issue = findingIssue(LINEAGE_FINDINGS.duplicateOtherContent, subject);
  return [repair(enricher, lineage, subject, null, [issue], false, moment)];
}

function readSubject({ reference }: Enricher, subject: Subject, { nowNs }: Moment): Reading {
  // A duplicate that a person sends on corrects its own id: it is read like the new execution that it was.
  const isOwnCorrection =
    subject.channel === 'DESK' && subject.refSourceExecutionId === subject.sourceExecutionId;
  return readExecution(isOwnCorrection ? { ...subject, action: 'NEW' } : subject, reference, nowNs);
}

function findingIssue(finding: LineageFinding, subject: Subject): Issue {
  const value =
    finding.field === 'refSourceExecutionId'
      ? subject.refSourceExecutionId
      : finding.field === 'sourceExecutionId'
        ? subject.sourceExecutionId
        : '';
  return issueOf(finding, value ?? '');
}

function repair(
  { settings }: Enricher,
  lineage: Lineage,
  subject: Subject,
  reading: Reading | null,
  issues: readonly Issue[],
  isDue: boolean,
  moment: Moment,
): Output {
  const due =
    isDue && reading !== null ? dueOfRepair(reading, settings.decide, settings.presumedFacility) : null;
  return repairOutput(
    subject,
    {
      issues,
      executedNs: reading?.executedNs ?? null,
      dueAtNs: due?.dueAtNs ?? null,
      facility: due?.facility ?? null,
      reportId: subject.isResend ? (lineage.told?.reportId ?? null) : null,
    },
    moment,
  );
}

/** The trade as it was reported is taken back; `executedAt` of the cancel says when it was cancelled. */
function cancelOf(
  enricher: Enricher,
  subject: Subject,
  reading: Reading,
  report: ToldReport,
  moment: Moment,
): Output {
  const cancelledNs = reading.executedNs;
  if (cancelledNs === null || report.facility === null)
    throw new TypeError('cancel without time or facility');
  const answer = enricher.settings.decide({
    action: 'CANCEL',
    execution: report.execution,
    facility: report.facility,
    actedNs: cancelledNs,
    role: sideOf(report).role,
    original: null,
  });
  const facility: FacilityChoice = {
    facility: report.facility,
    reason: 'Where the report to be taken back is.',
  };
  return told(enricher, subject, {
    answer,
    side: sideOf(report),
    action: answer.action === 'REVERSAL' ? 'REVERSAL' : 'CANCEL',
    facility,
    refReport: report,
    execution: report.execution,
    startNs: cancelledNs,
    moment,
  });
}

function reportOf(
  enricher: Enricher,
  subject: Subject,
  reading: Reading,
  report: ToldReport | null,
  moment: Moment,
): readonly Output[] {
  const facility = chooseFacility(reading);
  if (facility === null) throw new TypeError('no facility although every rule passed');
  const execution = reportableExecution(reading);
  const { executedNs } = execution;
  const side = sideOfReading(reading, execution);
  const question = { execution, facility: facility.facility, role: side.role } as const;
  const asNew = (): Output =>
    told(enricher, subject, {
      answer: enricher.settings.decide({ ...question, action: 'NEW', actedNs: executedNs, original: null }),
      side,
      action: 'NEW',
      facility,
      refReport: null,
      execution,
      startNs: executedNs,
      moment,
    });
  // Nothing stands at a facility, so there is nothing to correct there.
  if (report === null || report.reportId === null || report.facility === null) return [asNew()];

  const correctedNs = subject.receivedNs ?? executedNs;
  const original = report.execution;
  const answer = enricher.settings.decide({ ...question, action: 'CORRECT', actedNs: correctedNs, original });
  if (
    answer.action === 'CORRECT' &&
    answer.decision.reportable &&
    isSameReport(report, facility, execution)
  ) {
    return [
      told(enricher, subject, {
        answer,
        side,
        action: 'CORRECT',
        facility,
        refReport: report,
        execution,
        startNs: correctedNs,
        moment,
      }),
    ];
  }
  const undo = enricher.settings.decide({
    ...question,
    execution: report.execution,
    facility: report.facility,
    action: 'CANCEL',
    actedNs: correctedNs,
    role: sideOf(report).role,
    original: null,
  });
  return [
    told(enricher, subject, {
      answer: undo,
      side: sideOf(report),
      action: undo.action === 'REVERSAL' ? 'REVERSAL' : 'CANCEL',
      facility: {
        facility: report.facility,
        reason: 'Where the report to be replaced is.',
      },
      refReport: report,
      execution: report.execution,
      startNs: correctedNs,
      moment,
    }),
    asNew(),
  ];
}

/** A report that was ours to make is ours to take back, whoever a later message names as executing party. */
function sideOf({ reportId }: ToldReport): ReportingSide {
  return reportId === null
    ? { role: 'NON_EXECUTING_PARTY', reason: 'This firm did not report the trade.' }
    : { role: 'EXECUTING_PARTY', reason: 'This firm made the report.' };
}

function sideOfReading({ fields, mpid }: Reading, execution: ToldReport['execution']): ReportingSide {
  return reportingSide({
    executingParty: fields.executingParty === '' ? null : fields.executingParty,
    contraMpid: execution.contraMpid,
    side: execution.side,
    mpidKind: mpid?.kind ?? 'BROKER',
  });
}

/** Facilities correct a report in place only while it stays their own and the same firm's in the same symbol. */
function isSameReport(
  report: ToldReport,
  { facility }: FacilityChoice,
  { symbol, mpid }: ToldReport['execution'],
): boolean {
  return report.facility === facility && report.execution.symbol === symbol && report.execution.mpid === mpid;
}

function told(
  { reference }: Enricher,
  subject: Subject,
  report: {
    readonly answer: DecisionAnswer;
    readonly side: ReportingSide;
    readonly action: 'NEW' | 'CANCEL' | 'REVERSAL' | 'CORRECT';
    readonly facility: FacilityChoice;
    readonly refReport: ToldReport | null;
    readonly execution: ToldReport['execution'];
    readonly startNs: Ns;
    readonly moment: Moment;
  },
): Output {
  const { answer, side, action, facility, refReport, execution, startNs, moment } = report;
  const decision: Decision = {
    ...answer.decision,
    trace: [
      ...answer.decision.trace,
      {
        question: 'Does this firm report?',
        answer: side.role,
        ruleId: 'reporting-side',
        clause: 'Regulatory Notice 09-08',
        certainty: 'verified',
        inputs: side.reason,
      },
      {
        question: 'Which facility?',
        answer: facility.facility,
        ruleId: 'routing',
        clause: 'Rule 7120',
        certainty: 'verified',
        inputs: facility.reason,
      },
      {
        question: 'Which reference data?',
        answer: reference.version,
        ruleId: 'reference-data',
        clause: '',
        certainty: 'verified',
        inputs: `${execution.symbol} ${execution.symbolClass}`,
      },
    ],
  };
  return reportableOutput(
    subject,
    {
      action,
      refReportId: refReport?.reportId ?? null,
      facility: facility.facility,
      facilityReason: facility.reason,
      reportingSideReason: side.reason,
      execution,
      decision,
      startNs,
    },
    moment,
  );
}
