import type { Ns } from '@tapeclock/domain';
import { inDoubtEvent } from './events.ts';
import type { Lane } from './lane.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { release } from './release.ts';
import type { Doubt, DoubtCause, DoubtStep, Report } from './report.ts';
import { doubtsChanged, owns, type ReporterState } from './state.ts';

/**
 * A report left us and its outcome is not known. From here only proof leads out: an answer, found by FIX resend
 * or by query; a query on the report's own session that does not find it; or a person's word. Never a guess.
 */
export function enterDoubt(
  state: ReporterState,
  report: Report,
  cause: DoubtCause,
  step: DoubtStep,
  moment: Moment,
  out: Output[],
  sinceNs: Ns = moment.nowNs,
): void {
  const lane = laneOf(state, report);
  lane?.flight.delete(report.wireId);
  report.phase = 'inDoubt';
  report.doubt = {
    cause,
    sinceNs,
    sinceSteadyNs: moment.steadyNs,
    step,
    giveUpNs:
      step === 'RESEND' && lane?.up === true ? moment.steadyNs + state.settings.resendPatienceNs : null,
    query: null,
    queriesSent: 0,
  };
  state.doubts.add(report);
  if (lane !== null && step !== 'PERSON') lane.doubtful += 1;
  doubtsChanged(state, moment.steadyNs);
  out.push(inDoubtEvent(report, report.doubt, moment));
}

/** After a restart or takeover: a doubt that the log tells of goes on from its beginning, its age kept. */
export function restoreDoubt(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  const { doubt } = report;
  if (doubt === null) return;
  const lane = laneOf(state, report);
  const agedNs = moment.nowNs > doubt.sinceNs ? moment.nowNs - doubt.sinceNs : 0n;
  const step = doubt.cause === 'DUPLICATE' ? 'QUERY' : 'RESEND';
  report.doubt = {
    ...doubt,
    // A person who was asked may be asked again only after everything else has been tried again.
    sinceSteadyNs: doubt.step === 'PERSON' ? moment.steadyNs : moment.steadyNs - agedNs,
  };
  state.doubts.add(report);
  if (lane !== null && doubt.step !== 'PERSON') lane.doubtful += 1;
  toStep(state, report, report.doubt, step, moment, out);
  if (step === 'RESEND' && lane?.up === true) {
    report.doubt.giveUpNs = moment.steadyNs + state.settings.resendPatienceNs;
  }
  doubtsChanged(state, moment.steadyNs);
}

/** The doubt is over; what comes of the report is the caller's business. */
export function leaveDoubt(state: ReporterState, report: Report): void {
  if (report.doubt === null) return;
  dropQuery(state, report.doubt);
  const lane = laneOf(state, report);
  if (lane !== null && state.doubts.has(report) && report.doubt.step !== 'PERSON') lane.doubtful -= 1;
  report.doubt = null;
  state.doubts.delete(report);
}

/** Proven: the facility never had it. It goes again under its own id, marked as a possible resend. */
export function sendAgain(state: ReporterState, report: Report, moment: Moment, out: Output[]): void {
  leaveDoubt(state, report);
  report.phase = 'waiting';
  report.hold = null;
  report.holdUntilNs = null;
  report.possResend = true;
  release(state, report, moment, out);
}

/** A query was answered: the facility does not know the report. */
export function queryFoundNothing(
  state: ReporterState,
  sessionId: string,
  queryId: string,
  moment: Moment,
  out: Output[],
): void {
  const report = state.queries.get(queryId);
  if (report?.doubt?.query?.id !== queryId || report.doubt.query.sessionId !== sessionId) return;
  const { doubt } = report;
  dropQuery(state, doubt);
  // A session is processed in order: what is asked on the report's own session, behind it, is answered knowing it.
  // Another session proves nothing, for the report may still be under way on its own. And a facility that called it
  // a duplicate and now does not know it contradicts itself.
  const isProof = sessionId === report.sessionId && doubt.cause !== 'DUPLICATE' && report.order !== null;
  if (isProof) sendAgain(state, report, moment, out);
  else toStep(state, report, doubt, 'PERSON', moment, out);
}

/** The facility would not look for this one: a person has to ask. */
export function queryRefused(state: ReporterState, queryId: string, moment: Moment, out: Output[]): void {
  const report = state.queries.get(queryId);
  if (report?.doubt?.query?.id !== queryId) return;
  dropQuery(state, report.doubt);
  toStep(state, report, report.doubt, 'PERSON', moment, out);
}

/** The facility does not take queries: nobody but a person can ask. */
export function queriesRefused(state: ReporterState, lane: Lane, moment: Moment): void {
  lane.refusesQueries = true;
  for (const report of state.queries.values()) {
    if (report.doubt?.query?.sessionId === lane.sessionId) dropQuery(state, report.doubt);
  }
  doubtsChanged(state, moment.steadyNs);
}

/** A session is logged on: the peer now resends what we missed, and asks for what it missed. */
export function resumeDoubts(state: ReporterState, lane: Lane, moment: Moment, out: Output[]): void {
  for (const report of state.doubts) {
    if (report.sessionId !== lane.sessionId || report.doubt === null) continue;
    // A person may be asked already; what can be learnt without one still is.
    const step = report.doubt.cause === 'DUPLICATE' ? 'QUERY' : 'RESEND';
    report.doubt.queriesSent = 0;
    report.doubt.sinceSteadyNs = moment.steadyNs;
    toStep(state, report, report.doubt, step, moment, out);
    if (step === 'RESEND') report.doubt.giveUpNs = moment.steadyNs + state.settings.resendPatienceNs;
  }
  doubtsChanged(state, moment.steadyNs);
}

/** What was asked on that session will not be answered any more. */
export function suspendDoubts(state: ReporterState, lane: Lane, moment: Moment): void {
  for (const report of state.doubts) {
    const { doubt } = report;
    if (doubt?.query?.sessionId === lane.sessionId) dropQuery(state, doubt);
    if (doubt !== null && report.sessionId === lane.sessionId) doubt.giveUpNs = null;
  }
  lane.queriesOpen = 0;
  doubtsChanged(state, moment.steadyNs);
}

/** Moves every doubt on whose time has come. */
export function tickDoubts(state: ReporterState, moment: Moment, out: Output[]): void {
  if (state.doubtsDueNs === null || state.doubtsDueNs > moment.steadyNs) return;
  let nextNs: Ns | null = null;
  for (const report of state.doubts) {
    if (report.doubt === null || !owns(state, report)) {
      leaveDoubt(state, report);
      state.doubts.delete(report);
      continue;
    }
    const atNs = moveOn(state, report, report.doubt, moment, out);
    if (atNs !== null && (nextNs === null || atNs < nextNs)) nextNs = atNs;
  }
  state.doubtsDueNs = nextNs;
}

/** Does what can be done now, and returns when to look again; null where only an event from outside can help. */
function moveOn(
  state: ReporterState,
  report: Report,
  doubt: Doubt,
  moment: Moment,
  out: Output[],
): Ns | null {
  const { settings } = state;
  if (doubt.step === 'PERSON') return null;
  const personNs = doubt.sinceSteadyNs + settings.personAfterNs;
  if (doubt.step === 'RESEND') {
    const resumeNs = ownSessionMayNotReturn(state, report)
      ? doubt.sinceSteadyNs + settings.resumePatienceNs
      : personNs;
    const giveUpNs = doubt.giveUpNs ?? resumeNs;
    if (giveUpNs > moment.steadyNs) return giveUpNs;
    toStep(state, report, doubt, giveUpNs === personNs ? 'PERSON' : 'QUERY', moment, out);
    if (report.doubt?.step !== 'QUERY') return null;
  }
  if (doubt.query !== null && doubt.giveUpNs !== null) {
    if (doubt.giveUpNs > moment.steadyNs) return doubt.giveUpNs;
    dropQuery(state, doubt);
  }
  if (doubt.queriesSent >= settings.queriesPerReport || personNs <= moment.steadyNs) {
    toStep(state, report, doubt, 'PERSON', moment, out);
    return null;
  }
  return ask(state, report, doubt, moment, out) ?? personNs;
}

function ask(state: ReporterState, report: Report, doubt: Doubt, moment: Moment, out: Output[]): Ns | null {
  const lane = queryLane(state, report);
  if (lane === null) return null;
  if (lane.refusesQueries) {
    toStep(state, report, doubt, 'PERSON', moment, out);
    return null;
  }
  if (lane.queriesOpen >= state.settings.queriesMax) return moment.steadyNs + state.settings.resendPatienceNs;
  if (!lane.pace.take(moment.steadyNs)) return lane.pace.freeAtNs(moment.steadyNs);
  doubt.queriesSent += 1;
  // Attempt in the id: an answer from before a later attempt must never speak for it.
  const id = `${report.wireId}-${report.attempt}-${doubt.queriesSent}`;
  doubt.query = { id, sessionId: lane.sessionId };
  doubt.giveUpNs = moment.steadyNs + state.settings.queryPatienceNs;
  state.queries.set(id, report);
  lane.queriesOpen += 1;
  out.push({ kind: 'query', sessionId: lane.sessionId, queryId: id, report });
  return doubt.giveUpNs;
}

/** Its own session where that stands; another of the facility's only when its own belongs to an instance that is gone. */
function queryLane(state: ReporterState, report: Report): Lane | null {
  const own = laneOf(state, report);
  if (own?.up === true) return own;
  if (!ownSessionMayNotReturn(state, report)) return null;
  const other = state.laneOf.get(report.facility);
  return other?.up === true ? other : null;
}

function ownSessionMayNotReturn(state: ReporterState, report: Report): boolean {
  return laneOf(state, report)?.sendsReports !== true;
}

function toStep(
  state: ReporterState,
  report: Report,
  doubt: Doubt,
  step: DoubtStep,
  moment: Moment,
  out: Output[],
): void {
  doubt.giveUpNs = null;
  if (doubt.step === step) return;
  const lane = laneOf(state, report);
  if (lane !== null && step === 'PERSON') lane.doubtful -= 1;
  else if (lane !== null && doubt.step === 'PERSON') lane.doubtful += 1;
  doubt.step = step;
  out.push(inDoubtEvent(report, doubt, moment));
}

function dropQuery(state: ReporterState, doubt: Doubt): void {
  if (doubt.query === null) return;
  state.queries.delete(doubt.query.id);
  const lane = state.lanes.get(doubt.query.sessionId);
  if (lane !== undefined && lane.queriesOpen > 0) lane.queriesOpen -= 1;
  doubt.query = null;
}

function laneOf(state: ReporterState, report: Report): Lane | null {
  return state.lanes.get(report.sessionId ?? '') ?? null;
}
