import type { Answer, ReceivedAnswer } from './answer.ts';
import { enterDoubt, leaveDoubt, queriesRefused, queryFoundNothing, queryRefused } from './doubt.ts';
import { alertEvent } from './events.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import type { Report } from './report.ts';
import { accept, reject, rejectedEvent, retryLater } from './settle.ts';
import { findReport, type ReporterState } from './state.ts';

/**
 * Takes one message of the facility. Seen before: dropped. About a report that we do not know, or against what it said
 * before: an alert, for then somebody's books are wrong. What it returns must be durable before the message
 * counts as taken.
 */
export function takeAnswer(
  state: ReporterState,
  received: ReceivedAnswer,
  moment: Moment,
  out: Output[],
): void {
  const { answer, sessionId } = received;
  switch (answer.kind) {
    case 'accepted':
      takeAcceptance(state, received, answer, moment, out);
      return;
    case 'rejected':
      takeRefusal(state, received, answer, moment, out);
      return;
    case 'notFound':
      queryFoundNothing(state, sessionId, answer.queryId, moment, out);
      return;
    case 'queryRefused':
      queryRefused(state, answer.queryId, moment, out);
      return;
    case 'refused':
      takeSessionRefusal(state, received, answer, moment, out);
      return;
    case 'ignored':
      return;
  }
}

type AnswerOf<Kind extends Answer['kind']> = Extract<Answer, { readonly kind: Kind }>;

function takeAcceptance(
  state: ReporterState,
  received: ReceivedAnswer,
  answer: AnswerOf<'accepted'>,
  moment: Moment,
  out: Output[],
): void {
  const report = findReport(state, received.sessionId, answer.wireId);
  if (report === null) {
    out.push(unknownReport(state, answer.wireId, 'accepted', moment));
    return;
  }
  if (report.phase === 'accepted') {
    const isSame =
      report.control?.number === answer.controlNumber && report.control.date === answer.controlDate;
    if (!isSame) out.push(acceptedTwice(report, answer.controlNumber, moment));
    return;
  }
  // The id of an earlier try was refused before a later one was made: both cannot be true.
  if (report.phase === 'rejected' || report.wireId !== answer.wireId) {
    out.push(contradiction(report, answer.controlNumber, moment));
    return;
  }
  const wasQueried = answer.queryId !== null;
  const resolvedBy = wasQueried ? 'QUERY' : received.isPossDup ? 'RESEND' : 'ANSWER';
  leaveDoubt(state, report);
  accept(state, report, { ...answer, ...received, resolvedBy }, moment, out);
}

function takeRefusal(
  state: ReporterState,
  received: ReceivedAnswer,
  answer: AnswerOf<'rejected'>,
  moment: Moment,
  out: Output[],
): void {
  const report = findReport(state, received.sessionId, answer.wireId);
  if (report === null) {
    out.push(unknownReport(state, answer.wireId, 'refused', moment));
    return;
  }
  // Of a settled report, or of a try before this one: nothing new.
  if (report.phase === 'accepted' || report.phase === 'rejected' || report.wireId !== answer.wireId) return;
  // It was never sent, so this speaks of something else under our id.
  if (report.phase === 'waiting' || report.phase === 'queued') {
    out.push(unknownReport(state, answer.wireId, 'refused', moment));
    return;
  }
  refuse(state, report, { ...answer, ...received }, moment, out);
}

function refuse(
  state: ReporterState,
  report: Report,
  refusal: {
    readonly code: string;
    readonly text: string;
    readonly message: Uint8Array;
    readonly sessionId: string;
  },
  moment: Moment,
  out: Output[],
): void {
  const meaning = state.rejects(report.facility, refusal.code);
  if (meaning.retryClass === 'DUPLICATE') {
    // "I have this one already" is no refusal of the trade: ask what it has.
    const sinceNs = report.doubt?.sinceNs ?? moment.nowNs;
    out.push(rejectedEvent(report, refusal, meaning.retryClass, moment));
    leaveDoubt(state, report);
    enterDoubt(state, report, 'DUPLICATE', 'QUERY', moment, out, sinceNs);
    return;
  }
  leaveDoubt(state, report);
  if (meaning.retryClass === 'RETRY' && report.retries < state.settings.retriesMax) {
    retryLater(state, report, refusal, moment, out);
  } else {
    reject(state, report, { ...refusal, meaning }, moment, out);
  }
}

/** The facility's FIX engine refused the message itself: it holds no report of it. */
function takeSessionRefusal(
  state: ReporterState,
  received: ReceivedAnswer,
  answer: AnswerOf<'refused'>,
  moment: Moment,
  out: Output[],
): void {
  const lane = state.lanes.get(received.sessionId);
  if (lane === undefined) return;
  if (answer.refMsgType === 'AD') {
    queriesRefused(state, lane, moment);
    return;
  }
  const isIt = (report: Report) =>
    report.sessionId === lane.sessionId && report.msgSeqNum === answer.refSeqNum && report.message !== null;
  const report = [...lane.flight.values()].find(isIt) ?? [...state.doubts].find(isIt);
  if (report === undefined) {
    out.push(unknownReport(state, `${lane.sessionId} message ${answer.refSeqNum}`, 'refused', moment));
    return;
  }
  refuse(state, report, { ...answer, ...received }, moment, out);
}

function unknownReport(state: ReporterState, subject: string, what: string, moment: Moment): Output {
  // With partitions elsewhere it may be another instance's report, answered late on a session it had before.
  const knowsAll = state.books.size >= state.partitionCount;
  return alertEvent(
    {
      alert: 'unknown-report-answered',
      subject,
      severity: knowsAll ? 'critical' : 'info',
      text: `the facility ${what} ${subject}, which is not known here or was never sent`,
      action: 'Ask the facility what it holds under this id, and who sent it.',
    },
    moment,
    what,
  );
}

function acceptedTwice(report: Report, controlNumber: string, moment: Moment): Output {
  return alertEvent(
    {
      alert: 'report-accepted-twice',
      subject: report.wireId,
      severity: 'critical',
      text: `the facility took ${report.wireId} twice: control numbers ${report.control?.number} and ${controlNumber}`,
      action: 'Cancel the second one at the facility; keep this alert for the record.',
    },
    moment,
    controlNumber,
  );
}

function contradiction(report: Report, controlNumber: string, moment: Moment): Output {
  return alertEvent(
    {
      alert: 'report-answers-contradict',
      subject: report.wireId,
      severity: 'critical',
      text: `the facility accepted as ${controlNumber} a report that it had refused before`,
      action: 'Call the facility before the trade is resubmitted or cancelled.',
    },
    moment,
    controlNumber,
  );
}
