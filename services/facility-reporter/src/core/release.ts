import type { Ns } from '@tapeclock/domain';
import { isParked, originalReportId, type ReportBook } from './book.ts';
import { heldEvent } from './events.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { type Hold, isSettled, type Report } from './report.ts';
import type { ReporterState } from './state.ts';

/** Lets a waiting report into its facility's queue, or says what it waits for. */
export function release(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  const book = state.books.get(report.partition);
  if (book === undefined || report.phase !== 'waiting' || report.order === null) return;
  // The clock of a refusal that passes is running; `releaseRetries` ends it.
  if (report.hold === 'FACILITY_RETRY') return;
  const blocked = blockedBy(book, report);
  if (blocked !== null) {
    hold(report, blocked, null, moment, out);
    // What will never come by itself must not keep the rest of the lineage waiting.
    if (isParked(report)) releaseNext(state, book, report.lineageId, moment, out);
    return;
  }
  const opensNs = opensAt(state, report, moment.nowNs);
  if (opensNs !== null) {
    hold(report, 'FACILITY_CLOSED', opensNs, moment, out);
    state.opening.push(opensNs, report);
    return;
  }
  const lane = state.laneOf.get(report.facility);
  if (lane?.up !== true) hold(report, 'SESSION_DOWN', null, moment, out);
  if (lane === undefined) return;
  report.phase = 'queued';
  lane.queue.push(report.dueAtNs, report);
}

/** After a report was settled: the next of its lineage may go. */
export function releaseNext(
  state: ReporterState,
  book: ReportBook,
  lineageId: string,
  moment: Moment,
  out: Output[],
): void {
  const next = book.head(lineageId);
  if (next !== null) release(state, next, moment, out);
}

/** What the facility's hours or the decision say about sending now; null when it may go. */
export function opensAt(state: ReporterState, report: Report, nowNs: Ns): Ns | null {
  const decidedNs = report.order?.decision.opensAtNs ?? nowNs;
  if (decidedNs > nowNs) return decidedNs;
  return state.settings.opensNs(report.facility, nowNs);
}

export function hold(report: Report, cause: Hold, untilNs: Ns | null, moment: Moment, out: Output[]): void {
  if (report.hold === cause && report.holdUntilNs === untilNs) return;
  report.hold = cause;
  report.holdUntilNs = untilNs;
  out.push(heldEvent(report, cause, untilNs, moment));
}

/** Opening hours have come, or a retry is due. */
export function releaseDue(state: ReporterState, moment: Moment, out: Output[]): void {
  while ((state.opening.firstKey ?? moment.nowNs + 1n) <= moment.nowNs) {
    const report = state.opening.pop();
    if (report !== null) release(state, report, moment, out);
  }
  while ((state.retrying.firstKey ?? moment.steadyNs + 1n) <= moment.steadyNs) {
    const report = state.retrying.pop();
    if (report === null || report.hold !== 'FACILITY_RETRY') continue;
    report.hold = null;
    report.holdUntilNs = null;
    release(state, report, moment, out);
  }
}

function blockedBy(book: ReportBook, report: Report): Hold | null {
  const head = book.head(report.lineageId);
  if (head !== null && head !== report && !isParked(report)) return 'PREDECESSOR';
  const reference = report.refReportId === null ? null : book.find(report.refReportId);
  // What it builds on may stand in the part of the log that is still being read.
  const isFollowUp = report.action !== 'NEW' || report.revision > 0;
  if (book.knownSinceNs !== null && isFollowUp && reference === null) return 'PREDECESSOR';
  if (report.refReportId !== null) {
    if (reference === null) return 'REFERENCE_UNKNOWN';
    if (reference.phase === 'rejected') return 'REFERENCE_REJECTED';
    if (!isSettled(reference)) return 'PREDECESSOR';
  }
  return report.action === 'NEW' && cancelWasRefused(book, report) ? 'CANCEL_REJECTED' : null;
}

/** A correction told as cancel and new has both under one execution. */
function cancelWasRefused(book: ReportBook, report: Report): boolean {
  return (['CANCEL', 'REVERSAL'] as const).some(
    (action) => book.find(originalReportId(report.executionId, action))?.phase === 'rejected',
  );
}
