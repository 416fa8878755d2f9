import type { Ns } from '@tapeclock/domain';
import { intendedEvent } from './events.ts';
import type { Lane } from './lane.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { opensAt, release } from './release.ts';
import type { Report } from './report.ts';
import { reject } from './settle.ts';
import { owns, type ReporterState } from './state.ts';

/** Sends as much as window and pace of each session allow, the most urgent first. */
export function dispatch(state: ReporterState, moment: Moment, out: Output[]): void {
  for (const lane of state.laneOf.values()) dispatchLane(state, lane, moment, out);
}

function dispatchLane(state: ReporterState, lane: Lane, moment: Moment, out: Output[]): void {
  while (hasRoom(state, lane) && lane.pace.freeAtNs(moment.steadyNs) <= moment.steadyNs) {
    const report = lane.queue.pop(moment.nowNs, state.settings.transitNs);
    if (report === null) return;
    // Its partition has moved, or it was settled otherwise, while it stood in the queue.
    if (report.phase !== 'queued' || !owns(state, report)) continue;
    if (opensAt(state, report, moment.nowNs) !== null) {
      report.phase = 'waiting';
      release(state, report, moment, out);
      continue;
    }
    lane.pace.take(moment.steadyNs);
    begin(lane, report, out);
  }
}

function hasRoom(state: ReporterState, lane: Lane): boolean {
  const { unansweredMax } = state.settings;
  // What a silent facility leaves in doubt counts too, or everything would end in doubt window by window.
  return (
    lane.up &&
    !state.draining &&
    lane.queue.size > 0 &&
    lane.flight.size < unansweredMax &&
    lane.flight.size + lane.doubtful < 2 * unansweredMax
  );
}

function begin(lane: Lane, report: Report, out: Output[]): void {
  report.phase = 'intended';
  report.attempt += 1;
  report.hold = null;
  report.holdUntilNs = null;
  report.doubt = null;
  report.sessionId = lane.sessionId;
  report.msgSeqNum = 0n;
  report.message = null;
  report.sentSteadyNs = null;
  lane.flight.set(report.wireId, report);
  out.push({ kind: 'report', sessionId: lane.sessionId, report });
}

/** Earliest steady time at which `dispatch` could do more than it just did; null while only an answer can help. */
export function dispatchAtNs(state: ReporterState, steadyNs: Ns): Ns | null {
  let firstNs: Ns | null = null;
  for (const lane of state.laneOf.values()) {
    if (!hasRoom(state, lane)) continue;
    const atNs = lane.pace.freeAtNs(steadyNs);
    if (firstNs === null || atNs < firstNs) firstNs = atNs;
  }
  return firstNs;
}

/** The session has given the report its number and bytes. Returns the intent: durable before the bytes leave. */
export function intended(
  report: Report,
  numbered: { readonly msgSeqNum: bigint; readonly message: Uint8Array },
  moment: Moment,
): Output {
  report.msgSeqNum = numbered.msgSeqNum;
  report.message = numbered.message;
  report.sentSteadyNs = moment.steadyNs;
  report.stamps = { ...report.stamps, intendedNs: moment.nowNs, sentNs: null };
  return intendedEvent(report, numbered.message, moment);
}

/** The bytes went to the socket at `sentNs`; `moment` is when the core hears of it, which may be an answer later. */
export function sent(report: Report, sentNs: Ns, moment: Moment): void {
  if (report.phase === 'intended') report.phase = 'sent';
  report.sentSteadyNs = moment.steadyNs;
  report.stamps = { ...report.stamps, sentNs };
}

/** It has no form on the wire: nothing has left, and a person must mend it. */
export function unsendable(
  state: ReporterState,
  report: Report,
  issue: { readonly code: string; readonly message: string; readonly action: string },
  moment: Moment,
  out: Output[],
): void {
  if (report.phase !== 'intended' || report.message !== null) return;
  const { code, message: text, action } = issue;
  const meaning = { retryClass: 'FIX_DATA', cause: text, action } as const;
  const sessionId = report.sessionId ?? '';
  reject(state, report, { sessionId, code, text, message: new Uint8Array(), meaning }, moment, out);
}

/** The session would not number it (it went down first): nothing has left, so it simply queues again. */
export function notNumbered(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  if (report.phase !== 'intended' || report.message !== null) return;
  state.lanes.get(report.sessionId ?? '')?.flight.delete(report.wireId);
  report.phase = 'waiting';
  report.attempt -= 1;
  report.sessionId = null;
  release(state, report, moment, out);
}
