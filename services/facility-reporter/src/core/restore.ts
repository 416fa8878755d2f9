import type { Ns } from '@tapeclock/domain';
import type { AnyEvent, EventTypes, TradeReportable } from '@tapeclock/schemas';
import { originalReportId, type ReportBook } from './book.ts';
import {
  type DoubtCause,
  type DoubtStep,
  HOLDS,
  isSettled,
  type Report,
  retryReportId,
  settle,
} from './report.ts';
import { attachOrder } from './take-trade.ts';

type Outcome = EventTypes[
  | 'ReportIntended'
  | 'ReportAccepted'
  | 'ReportRejected'
  | 'ReportInDoubt'
  | 'ReportHeld'];

/**
 * Takes one past outcome into a book: what the log says is all that is known after a restart. An intent without an
 * answer ends as `sent`, which `assign` turns into a doubt.
 */
export function restoreOutcome(book: ReportBook, input: AnyEvent): void {
  switch (input.type) {
    case 'ReportIntended':
      intendedBefore(book, input.event);
      return;
    case 'ReportHeld':
      heldBefore(book, input.event);
      return;
    case 'ReportInDoubt':
      inDoubtBefore(book, input.event);
      return;
    case 'ReportRejected':
      rejectedBefore(book, input.event);
      return;
    case 'ReportAccepted':
      end(book, reportOf(book, input.event), 'accepted', {
        date: input.event.controlDate,
        number: input.event.controlNumber,
      });
      return;
    default:
  }
}

/** Gives an open report of the book back what it reports. */
export function restoreTrade(book: ReportBook, trade: TradeReportable): void {
  const report = trade.reportId === null ? null : book.find(trade.reportId);
  if (report !== null && !isSettled(report)) attachOrder(report, trade);
}

/**
 * Since when the oldest open report whose order is not at hand may stand on the log; null where none is missing. What
 * `later` knows is not open any more, or has its order there.
 */
export function ordersMissingSinceNs(book: ReportBook, later: ReportBook | null = null): Ns | null {
  let oldestNs: Ns | null = null;
  for (const { reportId, order, stamps } of book.unsettled()) {
    if (order !== null || (later !== null && later.find(reportId) !== null)) continue;
    const atNs = stamps.enrichedNs ?? stamps.receivedNs ?? 0n;
    if (oldestNs === null || atNs < oldestNs) oldestNs = atNs;
  }
  return oldestNs;
}

function intendedBefore(book: ReportBook, event: EventTypes['ReportIntended']): void {
  const report = reportOf(book, event);
  if (isSettled(report)) return;
  report.attempt = event.attempt;
  report.phase = 'sent';
  report.hold = null;
  report.holdUntilNs = null;
  report.doubt = null;
  report.sessionId = event.sessionId;
  report.msgSeqNum = event.msgSeqNum;
  report.message = event.message;
  report.refReportId = event.refReportId;
}

function heldBefore(book: ReportBook, event: EventTypes['ReportHeld']): void {
  const report = reportOf(book, event);
  if (isSettled(report)) return;
  // Only what is certain not to be at the facility is ever held.
  report.phase = 'waiting';
  report.doubt = null;
  report.hold = HOLDS.find((hold) => hold === event.cause) ?? null;
  report.holdUntilNs = event.untilNs;
  report.possResend = report.attempt > 0 && report.message !== null;
}

function inDoubtBefore(book: ReportBook, event: EventTypes['ReportInDoubt']): void {
  const report = reportOf(book, event);
  if (isSettled(report)) return;
  report.phase = 'inDoubt';
  report.sessionId = event.sessionId;
  report.msgSeqNum = event.msgSeqNum;
  report.doubt = {
    cause: event.cause as DoubtCause,
    sinceNs: event.sinceNs,
    sinceSteadyNs: 0n,
    step: event.nextStep as DoubtStep,
    giveUpNs: null,
    query: null,
    queriesSent: 0,
  };
}

function rejectedBefore(book: ReportBook, event: EventTypes['ReportRejected']): void {
  const report = reportOf(book, event);
  if (isSettled(report)) return;
  switch (event.retryClass) {
    // The doubt that follows from it is the next event; should it be missing, the intent alone makes one.
    case 'DUPLICATE':
      return;
    case 'RETRY':
      if (event.reportId !== report.wireId) return;
      report.retries += 1;
      report.wireId = retryReportId(report.reportId, report.retries);
      report.phase = 'waiting';
      report.hold = 'FACILITY_RETRY';
      // Told by the hold that follows; without it the wait begins anew.
      report.holdUntilNs = null;
      report.doubt = null;
      report.sessionId = null;
      report.message = null;
      book.nameRetry(report);
      return;
    default:
      end(book, report, 'rejected', null);
  }
}

function end(
  book: ReportBook,
  report: Report,
  phase: 'accepted' | 'rejected',
  control: Report['control'],
): void {
  settle(report, phase, control);
  book.leaveLineage(report);
}

/** The report that an outcome names, by the id on the wire or by what it reports; made where it is met first. */
function reportOf(book: ReportBook, event: Outcome): Report {
  const known = book.find(event.reportId) ?? book.find(originalReportId(event.executionId, event.action));
  if (known !== null) {
    known.stamps = event.meta.stamps;
    return known;
  }
  const reportId = originalReportId(event.executionId, event.action);
  const retries = retriesOf(reportId, event.reportId);
  const report: Report = {
    reportId,
    executionId: event.executionId,
    lineageId: event.meta.lineageId,
    revision: event.revision,
    action: event.action,
    facility: event.facility,
    partition: book.partition,
    dueAtNs: event.dueAtNs,
    wireId: event.reportId,
    refReportId: null,
    sourceExecutionId: null,
    contentHash: null,
    order: null,
    phase: 'waiting',
    hold: null,
    holdUntilNs: null,
    attempt: 0,
    retries,
    possResend: false,
    sessionId: null,
    msgSeqNum: 0n,
    message: null,
    sentSteadyNs: null,
    stamps: event.meta.stamps,
    traceparent: event.meta.traceparent,
    doubt: null,
    control: null,
  };
  book.add(report);
  if (retries > 0) book.nameRetry(report);
  return report;
}

const RETRIES_KNOWN_MAX = 100;

/** The id on the wire tells which try it was, also where the log no longer tells of those before. */
function retriesOf(reportId: string, wireId: string): number {
  if (wireId === reportId) return 0;
  for (let retry = 1; retry <= RETRIES_KNOWN_MAX; retry += 1) {
    if (retryReportId(reportId, retry) === wireId) return retry;
  }
  return 0;
}
