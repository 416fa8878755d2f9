import { type Issue, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { AnyEvent, DeskActed, TradeReportable } from '@tapeclock/schemas';
import type { ReceivedAnswer } from './answer.ts';
import { assign, historyRead, observeOutcome, revoke } from './assign.ts';
import { isParked, type ReportBook } from './book.ts';
import { takeDeskAct } from './desk.ts';
import { dispatch, dispatchAtNs, intended, notNumbered, sent, unsendable } from './dispatch.ts';
import { tickDoubts } from './doubt.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import { releaseDue } from './release.ts';
import type { Report } from './report.ts';
import { sessionDown, sessionUp, silenceAtNs, watchSilence } from './session.ts';
import type { ReporterState } from './state.ts';
import { takeAnswer } from './take-answer.ts';
import { takeTrade } from './take-trade.ts';

export type ReporterEvent =
  | { readonly kind: 'assigned'; readonly book: ReportBook }
  /** The rest of the horizon, for a book that began with the recent past. */
  | { readonly kind: 'historyRead'; readonly partition: number; readonly older: ReportBook }
  | { readonly kind: 'revoked'; readonly partition: number }
  | { readonly kind: 'trade'; readonly partition: number; readonly trade: TradeReportable }
  | { readonly kind: 'deskActed'; readonly act: DeskActed }
  /** From reports.outcome, made by another instance. */
  | { readonly kind: 'outcomeSeen'; readonly event: AnyEvent }
  | { readonly kind: 'sessionUp'; readonly sessionId: string }
  | { readonly kind: 'sessionDown'; readonly sessionId: string }
  | { readonly kind: 'answered'; readonly received: ReceivedAnswer }
  /** The session gave a report its number and bytes. */
  | {
      readonly kind: 'numbered';
      readonly report: Report;
      readonly msgSeqNum: bigint;
      readonly message: Uint8Array;
    }
  | { readonly kind: 'notNumbered'; readonly report: Report }
  | { readonly kind: 'unsendable'; readonly report: Report; readonly issue: Issue }
  | { readonly kind: 'sent'; readonly report: Report; readonly sentNs: Ns }
  /** Time has passed, or inputs have been taken: sends what may go. */
  | { readonly kind: 'tick' };

/**
 * The service's heart: pure but for `state`, which only it touches. Outputs are carried out in order; `append`s that
 * an answer made are durable before the answer counts as taken.
 */
export function step(state: ReporterState, event: ReporterEvent, moment: Moment): readonly Output[] {
  const out: Output[] = [];
  switch (event.kind) {
    case 'assigned':
      assign(state, event.book, moment, out);
      break;
    case 'historyRead':
      historyRead(state, event.partition, event.older, moment, out);
      break;
    case 'revoked':
      revoke(state, event.partition);
      break;
    case 'trade': {
      const book = state.books.get(event.partition);
      if (book !== undefined) takeTrade(state, book, event.trade, moment, out);
      break;
    }
    case 'deskActed':
      takeDeskAct(state, event.act, moment, out);
      break;
    case 'outcomeSeen':
      observeOutcome(state, event.event, moment, out);
      break;
    case 'sessionUp':
      sessionUp(state, event.sessionId, moment, out);
      break;
    case 'sessionDown':
      sessionDown(state, event.sessionId, moment, out);
      break;
    case 'answered':
      takeAnswer(state, event.received, moment, out);
      break;
    case 'numbered':
      out.push(intended(event.report, event, moment));
      break;
    case 'notNumbered':
      notNumbered(state, event.report, moment, out);
      break;
    case 'unsendable':
      unsendable(state, event.report, event.issue, moment, out);
      break;
    case 'sent':
      sent(event.report, event.sentNs, moment);
      break;
    case 'tick':
      releaseDue(state, moment, out);
      watchSilence(state, moment, out);
      tickDoubts(state, moment, out);
      dispatch(state, moment, out);
      break;
  }
  return out;
}

/** How long until `tick` has something to do; 0 for at once, null while only an event can change anything. */
export function wakeInNs(state: ReporterState, moment: Moment): Ns | null {
  const steady = [
    state.retrying.firstKey,
    state.doubtsDueNs,
    silenceAtNs(state),
    dispatchAtNs(state, moment.steadyNs),
  ];
  let firstNs: Ns | null = null;
  const consider = (inNs: Ns) => {
    const fromNowNs = inNs > 0n ? inNs : 0n;
    if (firstNs === null || fromNowNs < firstNs) firstNs = fromNowNs;
  };
  for (const atNs of steady) if (atNs !== null) consider(atNs - moment.steadyNs);
  const opensNs = state.opening.firstKey;
  // Timers run on steady time: looking again this often notices a wall clock that was set forward.
  if (opensNs !== null) consider(min(opensNs - moment.nowNs, NS_PER_SECOND));
  return firstNs;
}

function min(a: Ns, b: Ns): Ns {
  return a < b ? a : b;
}

/**
 * True while a restart would need the report's input again: nothing on the log says yet that it must not be sent
 * anew. Inputs up to the first such report may be committed.
 */
export function needsInput(report: Report): boolean {
  if (report.phase === 'waiting') return !isParked(report);
  return report.phase === 'queued' || (report.phase === 'intended' && report.message === null);
}
