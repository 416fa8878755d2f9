import type { Ns } from '@tapeclock/domain';
import type { Modifier } from '@tapeclock/schemas';
import { metaOf, subjectOf } from './events.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import type { RejectMeaning } from './reject-class.ts';
import { hold, releaseNext } from './release.ts';
import { repairEvent } from './repair.ts';
import { type Report, retryReportId, settle } from './report.ts';
import type { ReporterState } from './state.ts';

export type ResolvedBy = 'ANSWER' | 'RESEND' | 'QUERY' | 'PERSON';

/** The facility has it. */
export function accept(
  state: ReporterState,
  report: Report,
  acceptance: {
    readonly sessionId: string;
    readonly controlDate: string;
    readonly controlNumber: string;
    readonly refControlNumber: string | null;
    readonly modifiers: readonly Modifier[];
    readonly markedLate: boolean | null;
    readonly facilityNs: Ns | null;
    readonly message: Uint8Array;
    readonly resolvedBy: ResolvedBy;
  },
  moment: Moment,
  out: Output[],
): void {
  const { facilityNs, markedLate } = acceptance;
  const acceptedNs = facilityNs ?? moment.nowNs;
  report.stamps = { ...report.stamps, answeredNs: moment.nowNs, facilityNs };
  out.push({
    kind: 'append',
    type: 'ReportAccepted',
    event: {
      meta: metaOf('ReportAccepted', report, moment, acceptance.controlDate, acceptance.controlNumber),
      ...subjectOf(report),
      sessionId: acceptance.sessionId,
      acceptedNs,
      executedNs: report.order?.execution.executedNs ?? report.stamps.executedNs ?? acceptedNs,
      late: markedLate === true || acceptedNs > report.dueAtNs,
      controlDate: acceptance.controlDate,
      controlNumber: acceptance.controlNumber,
      refControlNumber: acceptance.refControlNumber,
      modifiers: acceptance.modifiers,
      resolvedBy: acceptance.resolvedBy,
      message: acceptance.message,
    },
  });
  const control = { date: acceptance.controlDate, number: acceptance.controlNumber };
  finish(state, report, 'accepted', control, moment, out);
}

export interface Refusal {
  readonly sessionId: string;
  readonly code: string;
  readonly text: string;
  readonly message: Uint8Array;
}

/** The facility has refused it and sending the same again is no use: a person mends it while the clock runs. */
export function reject(
  state: ReporterState,
  report: Report,
  refusal: Refusal & { readonly meaning: RejectMeaning },
  moment: Moment,
  out: Output[],
): void {
  report.stamps = { ...report.stamps, answeredNs: moment.nowNs };
  out.push(rejectedEvent(report, refusal, refusal.meaning.retryClass, moment));
  if (report.order !== null) {
    const reference = state.books.get(report.partition)?.find(report.refReportId ?? '');
    out.push(repairEvent(report, report.order, refusal, reference?.sourceExecutionId ?? null, moment));
  }
  finish(state, report, 'rejected', null, moment, out);
}

/**
 * Refused for a reason that passes (halted, suspended, closed): tried again later, under a new id, which only the
 * refusal allows. The clock keeps running.
 */
export function retryLater(
  state: ReporterState,
  report: Report,
  refusal: Refusal,
  moment: Moment,
  out: Output[],
): void {
  report.stamps = { ...report.stamps, answeredNs: moment.nowNs };
  out.push(rejectedEvent(report, refusal, 'RETRY', moment));
  state.lanes.get(report.sessionId ?? '')?.flight.delete(report.wireId);
  waitForRetry(state, report, moment, out);
}

/** Holds a report that was refused for a passing reason until its next try, which has an id of its own. */
export function waitForRetry(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  const { retryDelayNs, retryDelayMaxNs } = state.settings;
  const doubledNs = retryDelayNs << BigInt(report.retries);
  const delayNs = doubledNs < retryDelayMaxNs ? doubledNs : retryDelayMaxNs;
  nextTry(state, report);
  hold(report, 'FACILITY_RETRY', moment.nowNs + delayNs, moment, out);
  state.retrying.push(moment.steadyNs + delayNs, report);
}

/** Gives the report a new id for its next try; the refused one is spent. */
export function nextTry(state: ReporterState, report: Report): void {
  report.retries += 1;
  report.wireId = retryReportId(report.reportId, report.retries);
  report.phase = 'waiting';
  report.possResend = false;
  report.sessionId = null;
  report.message = null;
  state.books.get(report.partition)?.nameRetry(report);
}

/** What the facility said, whatever follows from it. */
export function rejectedEvent(report: Report, refusal: Refusal, retryClass: string, moment: Moment): Output {
  return {
    kind: 'append',
    type: 'ReportRejected',
    event: {
      meta: metaOf('ReportRejected', report, moment, refusal.code),
      ...subjectOf(report),
      sessionId: refusal.sessionId,
      code: refusal.code,
      text: refusal.text,
      retryClass,
      message: refusal.message,
    },
  };
}

function finish(
  state: ReporterState,
  report: Report,
  phase: 'accepted' | 'rejected',
  control: Report['control'],
  moment: Moment,
  out: Output[],
): void {
  state.lanes.get(report.sessionId ?? '')?.flight.delete(report.wireId);
  settle(report, phase, control);
  const book = state.books.get(report.partition);
  if (book === undefined) return;
  book.leaveLineage(report);
  releaseNext(state, book, report.lineageId, moment, out);
}
