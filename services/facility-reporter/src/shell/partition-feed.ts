import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { LogError, type Membership, untilDone } from '@tapeclock/event-log';
import { sleep } from '@tapeclock/ports';
import { type AnyEvent, type EncodedEvent, TOPICS, type TradeReportable } from '@tapeclock/schemas';
import { deadLetter, readEvent } from '@tapeclock/service';
import type { ReportBook } from '../core/book.ts';
import type { Report } from '../core/report.ts';
import { needsInput, type ReporterEvent } from '../core/step.ts';
import { BATCH, type LogReading } from './read-log.ts';
import type { BookAhead } from './reports-ahead.ts';
import { restoreBook } from './restore-book.ts';

/** Inputs read again after a crash are dropped one by one, so the commit may lag a little and cost the log less. */
const COMMIT_DELAY_NS = 50n * NS_PER_MS;
const INPUTS = [TOPICS.tradesReportable, TOPICS.deskActions] as const;

export interface FeedOwner {
  readonly reading: LogReading;
  readonly membership: () => Membership | null;
  readonly horizonNs: Ns;
  readonly reportsMax: number;
  readonly service: string;
  /** The partition's book, where it was read ahead. */
  takeAhead(partition: number): BookAhead | null;
  /** Takes one event into the core; resolves when what came of it is durable. */
  apply(event: ReporterEvent): Promise<void>;
  append(event: EncodedEvent): Promise<void>;
  /** Resolves when everything decided so far is durable. */
  flushed(): Promise<void>;
  /** The report that a trade asks for, as the core has it. */
  reportOf(partition: number, reportId: string): Report | null;
  /** Too much waits already: read no more trades for now. */
  isFull(): boolean;
  /** Another instance may still learn what became of a report of this partition. */
  needsOutcomes(partition: number): boolean;
}

/**
 * One partition number: restores its book, then feeds trades and desk acts to the core. Trades count as done only up to
 * the first whose report has no intent yet, so that nothing that only waits in memory can be lost.
 */
export class PartitionFeed {
  caughtUp = false;
  readonly #partition: number;
  readonly #owner: FeedOwner;
  readonly #positions = new Map<string, bigint>();
  readonly #pending: { readonly offset: bigint; readonly report: Report }[] = [];
  readonly #stopping = new AbortController();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #finished: Promise<void>;
  readonly #restored = Promise.withResolvers<void>();
  #outcomesAt = 0n;
  #committed = new Map<string, bigint>();
  #committing: Promise<void> | null = null;
  /** The older part of the log is being read; null once it is known. */
  #history: Promise<void> | null = null;
  #book: ReportBook | null = null;
  #wakeUp: (() => void) | null = null;
  #pendingWake = false;

  constructor(partition: number, owner: FeedOwner) {
    this.#partition = partition;
    this.#owner = owner;
    for (const topic of [...INPUTS, TOPICS.reportsOutcome]) {
      this.#unsubscribe.push(owner.reading.log.onAppended(topic, () => this.wake()));
    }
    this.#finished = this.#run();
  }

  /** Resolves when the partition's reports are known here, or the feed has ended without. */
  get restored(): Promise<void> {
    return this.#restored.promise;
  }

  wake(): void {
    this.#pendingWake = true;
    this.#wakeUp?.();
  }

  /** Something was settled or intended: soon tell the group how far we are. */
  progressed(): void {
    if (this.#committing !== null || this.#stopped) return;
    this.#committing = this.#commitSoon().finally(() => {
      this.#committing = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new LogError('CLOSED', 'stopping'));
    this.wake();
    await this.#finished;
    await this.#history;
    await this.#committing;
    await this.#commit().catch(() => {});
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    try {
      while (this.#owner.membership() === null && !this.#stopped) await this.#idle();
      await this.#restore();
      this.#restored.resolve();
      while (!this.#stopped) {
        this.#pendingWake = false;
        const moved = await this.#readAll();
        if (!moved) {
          this.caughtUp = true;
          await this.#idle();
        }
      }
    } catch (error) {
      // The partition has moved or the log is closed: whoever owns it next goes on. Anything else ends the process,
      // for a feed that silently stopped would report nothing.
      const ours = !(error instanceof LogError && (error.code === 'FENCED' || error.code === 'CLOSED'));
      if (ours && !this.#stopped) throw error;
    } finally {
      this.#restored.resolve();
      for (const unsubscribe of this.#unsubscribe) unsubscribe();
    }
  }

  async #restore(): Promise<void> {
    const { reading, horizonNs, reportsMax } = this.#owner;
    for (const topic of INPUTS) {
      const committed = (await this.#owner.membership()?.committed(topic, this.#partition)) ?? 0n;
      this.#positions.set(topic, committed);
      this.#committed.set(topic, committed);
    }
    const tradesEnd = this.#positions.get(TOPICS.tradesReportable) ?? 0n;
    const { book, outcomesEnd, readOlder } = await restoreBook(
      reading,
      this.#partition,
      { horizonNs, reportsMax, tradesEnd },
      this.#stopping.signal,
      this.#owner.takeAhead(this.#partition),
    );
    this.#outcomesAt = outcomesEnd;
    this.#book = book;
    // Not awaited: what it says is durable before any commit, and nothing has to wait for it.
    if (!this.#stopped) this.#owner.apply({ kind: 'assigned', book }).catch(NOTED_ELSEWHERE);
    if (readOlder !== null) this.#history = this.#readHistory(readOlder);
  }

  async #readAll(): Promise<boolean> {
    const trades = this.#owner.isFull() ? false : await this.#readInput(TOPICS.tradesReportable);
    const acts = await this.#readInput(TOPICS.deskActions);
    return (await this.#followOutcomes()) || trades || acts;
  }

  async #readInput(topic: string): Promise<boolean> {
    const { log, clock } = this.#owner.reading;
    const from = this.#positions.get(topic) ?? 0n;
    const records = await untilDone(() => log.read(topic, this.#partition, from, BATCH), {
      clock,
      signal: this.#stopping.signal,
    });
    const last = records.at(-1);
    if (last === undefined || this.#stopped) return false;
    for (const record of records) {
      const read = await readEvent(record, this.#owner.reading.codec);
      if (this.#stopped) return false;
      if ('failure' in read) {
        const { code, message } = read.failure;
        const { codec } = this.#owner.reading;
        await this.#owner.append(
          deadLetter(this.#owner.service, record, code, message, clock.nowNs(), codec),
        );
      } else {
        if (read.type === 'TradeReportable' && this.#mustKnowMore(read.event)) await this.#history;
        if (this.#stopped) return false;
        this.#take(read, record.offset);
      }
    }
    this.#positions.set(topic, last.offset + 1n);
    this.progressed();
    return true;
  }

  async #readHistory(readOlder: () => Promise<ReportBook>): Promise<void> {
    try {
      const older = await readOlder();
      if (this.#stopped) return;
      this.#owner.apply({ kind: 'historyRead', partition: this.#partition, older }).catch(NOTED_ELSEWHERE);
      this.#history = null;
    } catch (error) {
      if (!this.#stopped && !(error instanceof LogError && error.code === 'CLOSED')) throw error;
    }
  }

  /**
   * An execution received before what is known may have been reported then: it waits until that is known too. One
   * received later cannot have an outcome from before it was received.
   */
  #mustKnowMore(trade: TradeReportable): boolean {
    const knownSinceNs = this.#book?.knownSinceNs ?? null;
    if (knownSinceNs === null || trade.reportId === null) return false;
    return this.#book?.find(trade.reportId) === null && (trade.meta.stamps.receivedNs ?? 0n) < knownSinceNs;
  }

  /** Not awaited: what comes of it is durable before the commit, which waits for `flushed`. */
  #take(input: AnyEvent, offset: bigint): void {
    if (input.type === 'TradeReportable') {
      const trade = input.event;
      this.#owner.apply({ kind: 'trade', partition: this.#partition, trade }).catch(NOTED_ELSEWHERE);
      const report = trade.reportId === null ? null : this.#owner.reportOf(this.#partition, trade.reportId);
      if (report !== null && needsInput(report)) this.#pending.push({ offset, report });
    } else if (input.type === 'DeskActed') {
      this.#owner.apply({ kind: 'deskActed', act: input.event }).catch(NOTED_ELSEWHERE);
    }
  }

  /** Only while it matters: reading back all that we write ourselves would cost as much again. */
  async #followOutcomes(): Promise<boolean> {
    if (!this.#owner.needsOutcomes(this.#partition)) return false;
    const { log, clock, codec } = this.#owner.reading;
    const from = this.#outcomesAt;
    const records = await untilDone(() => log.read(TOPICS.reportsOutcome, this.#partition, from, BATCH), {
      clock,
      signal: this.#stopping.signal,
    });
    const last = records.at(-1);
    if (last === undefined) return false;
    for (const record of records) {
      const read = await readEvent(record, codec);
      if (!('failure' in read)) await this.#owner.apply({ kind: 'outcomeSeen', event: read });
    }
    this.#outcomesAt = last.offset + 1n;
    return true;
  }

  async #commitSoon(): Promise<void> {
    try {
      await sleep(this.#owner.reading.clock, COMMIT_DELAY_NS, this.#stopping.signal);
      await this.#commit();
    } catch {
      // Fenced, closed, or refused for now: the next progress tries again, and until then more is read again.
    }
  }

  async #commit(): Promise<void> {
    const membership = this.#owner.membership();
    if (membership === null) return;
    let done = 0;
    while (done < this.#pending.length && !needsInput(this.#pending[done]?.report as Report)) done += 1;
    this.#pending.splice(0, done);
    const targets = INPUTS.map((topic) => ({
      topic,
      partition: this.#partition,
      offset: this.#positions.get(topic) ?? 0n,
    })).map((target) =>
      target.topic === TOPICS.tradesReportable
        ? { ...target, offset: this.#pending[0]?.offset ?? target.offset }
        : target,
    );
    const moved = targets.filter(({ topic, offset }) => offset > (this.#committed.get(topic) ?? 0n));
    if (moved.length === 0) return;
    // All that the state says by now is in the outbox; once that is durable, the inputs behind it are not needed.
    await this.#owner.flushed();
    await membership.commit(moved);
    for (const { topic, offset } of moved) this.#committed.set(topic, offset);
  }

  #idle(): Promise<void> {
    if (this.#pendingWake || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeUp = () => {
        this.#wakeUp = null;
        resolve();
      };
    });
  }
}

/** An append that fails for good ends the outbox, and with it the process; nobody here can do more about it. */
const NOTED_ELSEWHERE = () => {};
