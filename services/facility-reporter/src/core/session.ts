import type { Ns } from '@tapeclock/domain';
import { enterDoubt, resumeDoubts, suspendDoubts } from './doubt.ts';
import type { Lane } from './lane.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { owns, type ReporterState } from './state.ts';

/** Logged on. FIX resend now runs in both directions, then what is still in doubt is asked about. */
export function sessionUp(state: ReporterState, sessionId: string, moment: Moment, out: Output[]): void {
  const lane = state.lanes.get(sessionId);
  if (lane === undefined || lane.up) return;
  lane.up = true;
  lane.testRequestedNs = null;
  resumeDoubts(state, lane, moment, out);
}

/** The connection is gone: whatever was numbered and not answered may or may not have arrived. */
export function sessionDown(state: ReporterState, sessionId: string, moment: Moment, out: Output[]): void {
  const lane = state.lanes.get(sessionId);
  if (lane === undefined || !lane.up) return;
  lane.up = false;
  suspendDoubts(state, lane, moment);
  for (const [wireId, report] of lane.flight) {
    // Not numbered yet: the session itself will say whether it still takes it (`notNumbered`).
    if (report.message === null) continue;
    // Its partition has moved: the new owner has it in doubt already; its answer, should it come, is still logged.
    if (!owns(state, report)) continue;
    lane.flight.delete(wireId);
    enterDoubt(state, report, 'DISCONNECTED', 'RESEND', moment, out);
  }
}

/** Notices a facility that has gone silent by the answers it owes, long before a heartbeat would tell. */
export function watchSilence(state: ReporterState, moment: Moment, out: Output[]): void {
  const { answerPatienceNs } = state.settings;
  for (const lane of state.lanes.values()) {
    const oldestNs = lane.up ? oldestSentNs(state, lane) : null;
    if (oldestNs === null) continue;
    if (testAtNs(state, lane, oldestNs) <= moment.steadyNs) {
      lane.testRequestedNs = moment.steadyNs;
      out.push({ kind: 'testRequest', sessionId: lane.sessionId });
    }
    for (const [wireId, report] of lane.flight) {
      if (report.sentSteadyNs === null || !owns(state, report)) continue;
      if (moment.steadyNs - report.sentSteadyNs < answerPatienceNs) break;
      lane.flight.delete(wireId);
      // The session stands, so there is nothing that a resend could bring: ask.
      enterDoubt(state, report, 'SILENCE', 'QUERY', moment, out);
    }
  }
}

/** Steady time at which `watchSilence` has something to do; null while nothing is unanswered. */
export function silenceAtNs(state: ReporterState): Ns | null {
  let firstNs: Ns | null = null;
  for (const lane of state.lanes.values()) {
    const oldestNs = lane.up ? oldestSentNs(state, lane) : null;
    if (oldestNs === null) continue;
    for (const atNs of [testAtNs(state, lane, oldestNs), oldestNs + state.settings.answerPatienceNs]) {
      if (firstNs === null || atNs < firstNs) firstNs = atNs;
    }
  }
  return firstNs;
}

/** One sign of life is asked for per interval, however many reports wait. */
function testAtNs(state: ReporterState, lane: Lane, oldestNs: Ns): Ns {
  const { answerExpectedNs } = state.settings;
  const askedNs = lane.testRequestedNs;
  return (askedNs !== null && askedNs > oldestNs ? askedNs : oldestNs) + answerExpectedNs;
}

function oldestSentNs(state: ReporterState, lane: Lane): Ns | null {
  for (const report of lane.flight.values()) {
    if (report.sentSteadyNs !== null && owns(state, report)) return report.sentSteadyNs;
  }
  return null;
}
