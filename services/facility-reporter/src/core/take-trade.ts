import type { TradeReportable } from '@tapeclock/schemas';
import { orderOf, type ReportBook } from './book.ts';
import { alertEvent } from './events.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { release } from './release.ts';
import { isSettled, type Report } from './report.ts';
import type { ReporterState } from './state.ts';

/**
 * A trade to be reported. Seen before: dropped, unless a restart had left its report without its order. Returns the
 * report that the input now hangs on, or null when it is done with.
 */
export function takeTrade(
  state: ReporterState,
  book: ReportBook,
  trade: TradeReportable,
  moment: Moment,
  out: Output[],
): Report | null {
  if (!trade.decision.reportable || trade.reportId === null || trade.facility === null) return null;
  const known = book.find(trade.reportId);
  if (known === null) {
    const report = newReport(book.partition, trade, trade.reportId, trade.facility);
    book.add(report);
    release(state, report, moment, out);
    return report;
  }
  if (known.contentHash !== null && known.contentHash !== trade.contentHash) {
    out.push(contentConflict(known, trade, moment));
    return isSettled(known) ? null : known;
  }
  // A plain repeat changes nothing; only what came back after a restart has to be taken up.
  if (attachOrder(known, trade)) release(state, known, moment, out);
  return isSettled(known) ? null : known;
}

/** Gives a report known from its outcomes what it reports; false where that was not missing. */
export function attachOrder(report: Report, trade: TradeReportable): boolean {
  report.contentHash = trade.contentHash;
  report.sourceExecutionId = trade.sourceExecutionId;
  report.refReportId ??= trade.refReportId;
  if (report.order !== null || isSettled(report)) return false;
  report.order = orderOf(trade);
  return true;
}

function newReport(
  partition: number,
  trade: TradeReportable,
  reportId: string,
  facility: Report['facility'],
): Report {
  return {
    reportId,
    executionId: trade.executionId,
    lineageId: trade.meta.lineageId,
    revision: trade.revision,
    action: trade.action,
    facility,
    partition,
    dueAtNs: trade.decision.dueAtNs,
    wireId: reportId,
    refReportId: trade.refReportId,
    sourceExecutionId: trade.sourceExecutionId,
    contentHash: trade.contentHash,
    order: orderOf(trade),
    phase: 'waiting',
    hold: null,
    holdUntilNs: null,
    attempt: 0,
    retries: 0,
    possResend: false,
    sessionId: null,
    msgSeqNum: 0n,
    message: null,
    sentSteadyNs: null,
    stamps: trade.meta.stamps,
    traceparent: trade.meta.traceparent,
    doubt: null,
    control: null,
  };
}

function contentConflict(known: Report, trade: TradeReportable, moment: Moment): Output {
  return alertEvent(
    {
      alert: 'report-content-conflict',
      subject: known.reportId,
      severity: 'critical',
      text: `report ${known.reportId} came again with other content; the first one stands`,
      action: 'Compare both on the trade page; what differs needs a correction from the source.',
    },
    moment,
    trade.contentHash,
  );
}
