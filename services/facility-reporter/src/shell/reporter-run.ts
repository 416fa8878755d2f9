import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Timer } from '@tapeclock/ports';
import { type EncodedEvent, TOPICS } from '@tapeclock/schemas';
import type { ServiceEnvironment } from '@tapeclock/service';
import { type FacilityReporterConfig, REPORTER_DEFAULTS, sessionIdOf } from '../config.ts';
import type { ReceivedAnswer } from '../core/answer.ts';
import { foreignSessions } from '../core/assign.ts';
import { FACILITY_REPORTER } from '../core/events.ts';
import type { Moment } from '../core/moment.ts';
import { rejectMeanings } from '../core/reject-class.ts';
import { CORE_DEFAULTS } from '../core/settings.ts';
import { createReporter, findReport, type ReporterState } from '../core/state.ts';
import { type ReporterEvent, step, wakeInNs } from '../core/step.ts';
import { PROFILES } from '../wire/profiles.ts';
import { queryMessage } from '../wire/query-message.ts';
import { carryOut, type Hands } from './carry-out.ts';
import { type FacilityLink, openLink } from './facility-link.ts';
import { Outbox } from './outbox.ts';
import { writeReport } from './report-writer.ts';
import type { ReportsAhead } from './reports-ahead.ts';
import type { SessionsKnown } from './session-store.ts';
import { numberUsedEvent, sessionStateEvent } from './status-events.ts';

/** The core with its hands: every event in, every output out, in one order. */
export class ReporterRun {
  readonly state: ReporterState;
  readonly #environment: ServiceEnvironment;
  readonly #config: FacilityReporterConfig;
  readonly #known: SessionsKnown;
  readonly #outbox: Outbox;
  readonly #hands: Hands;
  readonly #links = new Map<string, FacilityLink>();
  readonly #stopping = new AbortController();
  readonly #booksRestored = Promise.withResolvers<void>();
  #onDrained: (() => void) | null = null;
  readonly #whenHistoryKnown: (() => void)[] = [];
  /** Highest number used by intents and not yet noted, by session. */
  readonly #numbered = new Map<string, bigint>();
  /** Steady time at which a session's number was last noted. */
  readonly #notedNs = new Map<string, Ns>();
  /** Told after each round, so that feeds can commit and go on reading. */
  #afterRound: () => void = () => {};
  #roundQueued = false;
  #timer: Timer | null = null;
  #timerAtNs: Ns = 0n;

  constructor(
    environment: ServiceEnvironment,
    config: FacilityReporterConfig,
    ahead: ReportsAhead | undefined,
  ) {
    this.#environment = environment;
    this.#config = config;
    this.#known = { followed: config.followedSessions, ahead };
    const { log, clock, codec, telemetry } = environment;
    const profiles = config.profiles ?? PROFILES;
    this.state = createReporter(
      { ...CORE_DEFAULTS, ...config.settings },
      rejectMeanings(config.rulebook.rejectCodes, (facility) => profiles[facility].rejectOverrides),
      config.sessions.map((session) => ({
        sessionId: sessionIdOf(session, profiles[session.facility]),
        facility: session.facility,
        answersQueries: profiles[session.facility].query.supported,
      })),
      log.partitionCount(TOPICS.tradesReportable),
    );
    this.#outbox = new Outbox(
      log,
      clock,
      () => this.#numbersUsed(),
      (error) => {
        telemetry.metrics.count('tapeclock_log_stalls_total', {
          service: FACILITY_REPORTER,
          code: error.code,
        });
        telemetry.logger.warn('the log refuses for now; waiting', {
          service: FACILITY_REPORTER,
          code: error.code,
        });
      },
    );
    this.#hands = {
      codec,
      put: (event) => this.#outbox.put(event),
      send: (sessionId, message, persist) => {
        const link = this.#links.get(sessionId);
        if (link === undefined) return Promise.reject(new TypeError(`no session ${sessionId}`));
        return link.send(message, persist);
      },
      write: (report) => {
        const book = this.state.books.get(report.partition);
        const reference = report.refReportId === null ? null : (book?.find(report.refReportId) ?? null);
        return writeReport(report, reference?.control ?? null, config.rulebook, profiles, this.#moment());
      },
      query: (queryId, report) => queryMessage(queryId, report.wireId, profiles[report.facility]),
      apply: (event) => this.apply(event),
      numbered: (sessionId, seq) => {
        this.#numbered.set(sessionId, seq);
      },
    };
  }

  /** Opens every session. They log on by themselves, and on again. */
  async open(afterRound: () => void): Promise<void> {
    this.#afterRound = afterRound;
    const { horizonNs = REPORTER_DEFAULTS.horizonNs, profiles = PROFILES, sessions } = this.#config;
    const listener = {
      onAnswer: async (received: ReceivedAnswer) => {
        // What the facility resends after a restart must meet the books, or it would speak of unknown reports.
        await this.#booksRestored.promise;
        if (this.#mayBeOlder(received)) await this.#historyKnown();
        await this.apply({ kind: 'answered', received });
      },
      onState: (sessionId: string, state: string, text: string) => this.#sessionState(sessionId, state, text),
    };
    await Promise.all(
      sessions.map(async (session) => {
        const profile = profiles[session.facility];
        const { signal } = this.#stopping;
        const link = await openLink(
          this.#environment,
          session,
          profile,
          horizonNs,
          listener,
          signal,
          this.#known,
        );
        this.#links.set(link.sessionId, link);
      }),
    );
    // A session may have logged on before its link was known here.
    this.#queueRound();
  }

  /** One event into the core. Resolves when the events that it made are durable. */
  async apply(event: ReporterEvent): Promise<void> {
    const durable = this.#step(event);
    if (event.kind === 'historyRead' || event.kind === 'revoked') this.#tellHistory();
    this.#queueRound();
    await Promise.all(durable);
  }

  append(event: EncodedEvent): Promise<void> {
    return this.#outbox.put(event);
  }

  flushed(): Promise<void> {
    return this.#outbox.flushed();
  }

  /** True while a report of the partition is in doubt on a session that is not ours. */
  needsOutcomes(partition: number): boolean {
    if (foreignSessions(this.state).size === 0) return false;
    for (const report of this.state.doubts) if (report.partition === partition) return true;
    return false;
  }

  /** The books of the first assignment are here: answers may be taken. */
  booksRestored(): void {
    this.#booksRestored.resolve();
  }

  /** Sends nothing new and waits a little for what is unanswered, so that a stop in good order leaves no doubt. */
  async drain(): Promise<void> {
    this.state.draining = true;
    if (this.#inFlight() === 0) return;
    const drained = new Promise<void>((resolve) => {
      this.#onDrained = resolve;
    });
    await Promise.race([drained, this.#patience()]);
  }

  /** Sessions log out; what is decided is told; then nothing more. */
  async stop(): Promise<void> {
    await Promise.all([...this.#links.values()].map((link) => link.stop()));
    this.#stopping.abort(new Error('stopping'));
    this.#timer?.cancel();
    this.#timer = null;
    await Promise.race([this.#outbox.flushed().catch(() => {}), this.#patience()]);
    this.#outbox.stop();
  }

  /** Unknown here, but part of the log is still being read: what it speaks of may stand there. */
  #mayBeOlder({ answer, sessionId }: ReceivedAnswer): boolean {
    if (answer.kind !== 'accepted' && answer.kind !== 'rejected') return false;
    return this.#isReadingHistory() && findReport(this.state, sessionId, answer.wireId) === null;
  }

  #isReadingHistory(): boolean {
    for (const book of this.state.books.values()) if (book.knownSinceNs !== null) return true;
    return false;
  }

  #historyKnown(): Promise<void> {
    return new Promise((resolve) => this.#whenHistoryKnown.push(resolve));
  }

  #tellHistory(): void {
    if (!this.#isReadingHistory()) for (const tell of this.#whenHistoryKnown.splice(0)) tell();
  }

  #step(event: ReporterEvent): readonly Promise<void>[] {
    return step(this.state, event, this.#moment()).map((output) => carryOut(output, this.#hands));
  }

  /** One tick for all events of a turn: dispatch sees them together. */
  #queueRound(): void {
    if (this.#roundQueued || this.#stopping.signal.aborted) return;
    this.#roundQueued = true;
    queueMicrotask(() => {
      this.#roundQueued = false;
      if (this.#stopping.signal.aborted) return;
      for (const durable of this.#step({ kind: 'tick' })) durable.catch(() => {});
      this.#arm();
      this.#afterRound();
      if (this.#inFlight() === 0) this.#onDrained?.();
    });
  }

  #arm(): void {
    const inNs = wakeInNs(this.state, this.#moment());
    const { clock } = this.#environment;
    if (inNs === null) {
      this.#timer?.cancel();
      this.#timer = null;
      return;
    }
    const atNs = clock.monotonicNs() + inNs;
    // Most waits move away as answers come; one that ends too early only looks and waits again.
    if (this.#timer !== null && this.#timerAtNs <= atNs) return;
    this.#timer?.cancel();
    this.#timerAtNs = atNs;
    this.#timer = clock.after(inNs, () => {
      this.#timer = null;
      this.#queueRound();
    });
  }

  #sessionState(sessionId: string, state: string, text: string): void {
    const { clock, codec, processName } = this.#environment;
    const told = sessionStateEvent({ sessionId, state, text }, clock.nowNs(), processName, codec);
    this.#outbox.put(told).catch(() => {});
    if (state === 'LOGGED_ON') this.apply({ kind: 'sessionUp', sessionId }).catch(() => {});
    if (state === 'DISCONNECTED') this.apply({ kind: 'sessionDown', sessionId }).catch(() => {});
  }

  /** Once a second at most: a restart reads the intents of the last minutes anyway, and every note it reads costs. */
  #numbersUsed(): readonly EncodedEvent[] {
    if (this.#numbered.size === 0) return NO_EVENTS;
    const { clock, codec } = this.#environment;
    const steadyNs = clock.monotonicNs();
    const events: EncodedEvent[] = [];
    for (const [sessionId, seq] of this.#numbered) {
      const notedNs = this.#notedNs.get(sessionId);
      if (notedNs !== undefined && steadyNs - notedNs < NS_PER_SECOND) continue;
      this.#numbered.delete(sessionId);
      this.#notedNs.set(sessionId, steadyNs);
      events.push(numberUsedEvent(sessionId, seq, clock.nowNs(), codec));
    }
    return events;
  }

  #inFlight(): number {
    let count = 0;
    for (const lane of this.state.lanes.values()) if (lane.up) count += lane.flight.size;
    return count;
  }

  #moment(): Moment {
    const { clock, clockOffsetNs } = this.#environment;
    return {
      nowNs: clock.nowNs(),
      steadyNs: clock.monotonicNs(),
      clockOffsetNs: clockOffsetNs?.() ?? null,
    };
  }

  #patience(): Promise<void> {
    return new Promise((resolve) => {
      this.#environment.clock.after(STOP_PATIENCE_NS, resolve);
    });
  }
}

const NO_EVENTS: readonly EncodedEvent[] = [];
/** A log that refuses must not keep the process from ending. */
const STOP_PATIENCE_NS = NS_PER_SECOND;
