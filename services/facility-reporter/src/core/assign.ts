import type { AnyEvent } from '@tapeclock/schemas';
import type { ReportBook } from './book.ts';
import { enterDoubt, leaveDoubt, restoreDoubt } from './doubt.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { release, releaseNext } from './release.ts';
import { isSettled, type Report, settle } from './report.ts';
import { waitForRetry } from './settle.ts';
import type { ReporterState } from './state.ts';

/** A partition is ours, its book restored from the log. What was intended and not answered is in doubt. */
export function assign(state: ReporterState, book: ReportBook, moment: Moment, out: Output[]): void {
  // Answers go to the book that is ours now, not to what we held of this partition in an earlier time.
  for (const lane of state.lanes.values()) {
    for (const [wireId, report] of lane.flight) {
      if (report.partition === book.partition) lane.flight.delete(wireId);
    }
  }
  state.books.set(book.partition, book);
  for (const report of [...book.unsettled()]) takeUp(state, report, moment, out);
}

/** The older part of the log has been read: what it left open is taken up, and what waited for it may go. */
export function historyRead(
  state: ReporterState,
  partition: number,
  older: ReportBook,
  moment: Moment,
  out: Output[],
): void {
  const book = state.books.get(partition);
  if (book === undefined) return;
  for (const report of book.merge(older)) takeUp(state, report, moment, out);
  for (const report of [...book.unsettled()]) {
    if (report.hold === 'PREDECESSOR') release(state, report, moment, out);
  }
}

/** The partition has moved. Answers that still come to our sessions are logged; everything else is the new owner's. */
export function revoke(state: ReporterState, partition: number): void {
  state.books.delete(partition);
  for (const report of [...state.doubts]) {
    if (report.partition === partition) leaveDoubt(state, report);
  }
}

/** Sessions of other instances on which something of ours is in doubt. */
export function foreignSessions(state: ReporterState): ReadonlyMap<string, Report['facility']> {
  const sessions = new Map<string, Report['facility']>();
  for (const { sessionId, facility } of state.doubts) {
    if (sessionId !== null && state.lanes.get(sessionId)?.sendsReports !== true)
      sessions.set(sessionId, facility);
  }
  return sessions;
}

/** What another instance learnt on its session about a report that is ours now. */
export function observeOutcome(state: ReporterState, input: AnyEvent, moment: Moment, out: Output[]): void {
  if (input.type !== 'ReportAccepted' && input.type !== 'ReportRejected') return;
  const isRefusal = input.type === 'ReportRejected';
  if (isRefusal && input.event.retryClass === 'DUPLICATE') return;
  for (const book of state.books.values()) {
    const report = book.find(input.event.reportId);
    if (report === null || isSettled(report) || report.wireId !== input.event.reportId) continue;
    leaveDoubt(state, report);
    state.lanes.get(report.sessionId ?? '')?.flight.delete(report.wireId);
    if (isRefusal && input.event.retryClass === 'RETRY') {
      // It heard the answer, but the partition is ours: the next try is too, or nobody would make it.
      waitForRetry(state, report, moment, out);
      continue;
    }
    if (isRefusal) settle(report, 'rejected', null);
    else settle(report, 'accepted', { date: input.event.controlDate, number: input.event.controlNumber });
    book.leaveLineage(report);
    releaseNext(state, book, report.lineageId, moment, out);
  }
}

function takeUp(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  switch (report.phase) {
    case 'sent':
      enterDoubt(state, report, 'RESTARTED', 'RESEND', moment, out);
      return;
    case 'inDoubt':
      restoreDoubt(state, report, moment, out);
      return;
    case 'waiting':
      if (report.hold === 'FACILITY_RETRY') {
        const untilNs = report.holdUntilNs ?? moment.nowNs + state.settings.retryDelayNs;
        const delayNs = untilNs > moment.nowNs ? untilNs - moment.nowNs : 0n;
        state.retrying.push(moment.steadyNs + delayNs, report);
      } else {
        release(state, report, moment, out);
      }
      return;
    default:
  }
}
