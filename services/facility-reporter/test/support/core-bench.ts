// The core with a session that numbers at once: what it decides is seen, and a restart knows only what was appended.
import type { AnyEvent, DeskActed, TradeReportable } from '@tapeclock/schemas';
import type { Answer } from '../../src/core/answer.ts';
import { ReportBook } from '../../src/core/book.ts';
import type { MadeEvent, Output } from '../../src/core/output.ts';
import { rejectMeanings } from '../../src/core/reject-class.ts';
import type { Report } from '../../src/core/report.ts';
import { restoreOutcome, restoreTrade } from '../../src/core/restore.ts';
import { CORE_DEFAULTS, type CoreSettings } from '../../src/core/settings.ts';
import { createReporter, type ReporterState } from '../../src/core/state.ts';
import { type ReporterEvent, step, wakeInNs } from '../../src/core/step.ts';
import { T0 } from './samples.ts';

export const SESSION = 'TAPE1-ADF->FNRA/ADF';
const REJECTS = rejectMeanings(
  [
    { facilities: ['ADF'], codes: ['062'], cause: 'bad symbol', retry: 'FIX_DATA', action: 'fix' },
    { facilities: ['ADF'], codes: ['021'], cause: 'suspended', retry: 'RETRY_OR_FAIL_OVER', action: 'wait' },
    { facilities: ['ADF'], codes: ['040'], cause: 'duplicate', retry: 'POSSIBLE_DUPLICATE', action: 'ask' },
  ],
  () => ({}),
);

export interface SentReport {
  readonly wireId: string;
  readonly reportId: string;
  readonly seq: number;
  readonly possResend: boolean;
}

export class CoreBench {
  readonly settings: CoreSettings;
  state: ReporterState;
  nowNs = T0;
  events: MadeEvent[] = [];
  /** Reports and queries that a session was asked to send, in order. */
  sent: SentReport[] = [];
  queries: {
    readonly id: string;
    readonly wireId: string;
    readonly sessionId: string;
    readonly seq: number;
  }[] = [];
  testRequests = 0;
  trades: TradeReportable[] = [];
  /** False: the session gives a number and makes it durable, but the bytes never leave. */
  bytesLeave = true;
  nextSeq = 1;
  readonly #sessionId: string;

  constructor(settings: Partial<CoreSettings> = {}, sessionId = SESSION) {
    this.settings = { ...CORE_DEFAULTS, ...settings };
    this.#sessionId = sessionId;
    this.state = this.#fresh();
    this.do({ kind: 'assigned', book: new ReportBook(0, this.settings.reportsMax) });
  }

  do(event: ReporterEvent): void {
    for (const output of step(this.state, event, this.moment())) this.#carryOut(output);
    if (event.kind !== 'tick' && event.kind !== 'numbered' && event.kind !== 'sent')
      this.do({ kind: 'tick' });
  }

  moment() {
    return { nowNs: this.nowNs, steadyNs: this.nowNs, clockOffsetNs: null };
  }

  trade(trade: TradeReportable): void {
    this.trades.push(trade);
    this.do({ kind: 'trade', partition: 0, trade });
  }

  up(sessionId = this.#sessionId): void {
    this.do({ kind: 'sessionUp', sessionId });
  }

  down(sessionId = this.#sessionId): void {
    this.do({ kind: 'sessionDown', sessionId });
  }

  /** Lets time pass, looking wherever the core wants to. */
  advance(byNs: bigint): void {
    const untilNs = this.nowNs + byNs;
    for (;;) {
      const inNs = wakeInNs(this.state, this.moment());
      if (inNs === null || this.nowNs + inNs > untilNs) break;
      // A wake-up that changes nothing and asks for another at once would never end.
      this.nowNs += inNs > 0n ? inNs : 1_000n;
      this.do({ kind: 'tick' });
    }
    this.nowNs = untilNs;
  }

  answer(answer: Answer, isPossDup = false, sessionId = this.#sessionId): void {
    this.do({ kind: 'answered', received: { sessionId, answer, message: new Uint8Array([1]), isPossDup } });
  }

  accept(wireId: string, number = '2000000001', queryId: string | null = null, isPossDup = false): void {
    this.answer(accepted(wireId, number, this.nowNs, queryId), isPossDup);
  }

  reject(wireId: string, code: string): void {
    this.answer({ kind: 'rejected', wireId, code, text: `refused ${code}` });
  }

  act(act: Partial<DeskActed> & { readonly subject: string }): void {
    const meta = { ...(this.trades[0] as TradeReportable).meta, recordedNs: this.nowNs };
    this.do({
      kind: 'deskActed',
      act: {
        actionId: 'A1',
        actor: 'ann',
        role: 'officer',
        verb: 'RESOLVE_IN_DOUBT',
        fields: null,
        reason: null,
        source: null,
        sourceExecutionId: null,
        outcome: null,
        controlDate: null,
        controlNumber: null,
        repairStage: null,
        executionAction: null,
        refSourceExecutionId: null,
        ...act,
        meta,
      },
    });
  }

  /** A new process that knows what was appended; `keep` cuts what was not durable. */
  restart(keep = this.events.length): void {
    this.events = this.events.slice(0, keep);
    this.state = this.#fresh();
    const book = new ReportBook(0, this.settings.reportsMax);
    for (const event of this.events) restoreOutcome(book, event as AnyEvent);
    for (const trade of this.trades) restoreTrade(book, trade);
    this.do({ kind: 'assigned', book });
    // Inputs behind the commit come again; the core drops what it knows.
    for (const trade of this.trades) this.do({ kind: 'trade', partition: 0, trade });
  }

  report(reportId: string): Report {
    const report = this.state.books.get(0)?.find(reportId) ?? null;
    if (report === null) throw new Error(`no report ${reportId}`);
    return report;
  }

  of<Name extends MadeEvent['type']>(type: Name): Extract<MadeEvent, { type: Name }>['event'][] {
    return this.events.flatMap((made) => (made.type === type ? [made.event as never] : []));
  }

  #fresh(): ReporterState {
    const session = { sessionId: this.#sessionId, facility: 'ADF', answersQueries: true } as const;
    return createReporter(this.settings, REJECTS, [session], 1);
  }

  #carryOut(output: Output): void {
    switch (output.kind) {
      case 'append':
        this.events.push({ type: output.type, event: output.event } as MadeEvent);
        return;
      case 'report': {
        const { report } = output;
        const seq = this.nextSeq;
        this.nextSeq += 1;
        this.sent.push({
          wireId: report.wireId,
          reportId: report.reportId,
          seq,
          possResend: report.possResend,
        });
        this.do({ kind: 'numbered', report, msgSeqNum: BigInt(seq), message: new Uint8Array([2]) });
        if (this.bytesLeave) this.do({ kind: 'sent', report, sentNs: this.nowNs });
        return;
      }
      case 'query': {
        const seq = this.nextSeq;
        this.nextSeq += 1;
        const { queryId, sessionId, report } = output;
        this.queries.push({ id: queryId, wireId: report.wireId, sessionId, seq });
        return;
      }
      case 'testRequest':
        this.testRequests += 1;
    }
  }
}

export function accepted(
  wireId: string,
  number: string,
  facilityNs: bigint,
  queryId: string | null = null,
): Answer {
  return {
    kind: 'accepted',
    wireId,
    controlDate: '20261124',
    controlNumber: number,
    refControlNumber: null,
    modifiers: [],
    markedLate: null,
    facilityNs,
    queryId,
  };
}
