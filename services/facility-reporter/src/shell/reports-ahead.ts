import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { followTopic, type LogRecord, type TopicFollower } from '@tapeclock/event-log';
import type { SentMessage } from '@tapeclock/fix';
import { TOPICS } from '@tapeclock/schemas';
import { readEvent } from '@tapeclock/service';
import { ReportBook } from '../core/book.ts';
import { restoreOutcome } from '../core/restore.ts';
import type { LogReading } from './read-log.ts';

/** A standby reads this far behind; catching up on it costs a takeover next to nothing. */
const PACE_NS = 100n * NS_PER_MS;
/** As many as a session keeps to answer a ResendRequest from, see `SentLimits`. */
const INTENTS_MAX = 10_000;

/** A book that was read ahead, and how far. */
export interface BookAhead {
  readonly book: ReportBook;
  /** Offset of the first outcome that is not in it. */
  readonly outcomesEnd: bigint;
}

interface Intent extends SentMessage {
  readonly recordedNs: Ns;
}

/**
 * Reads what the log tells of reports before it is needed: the books of all partitions, and the bytes that went out under
 * each session's numbers. So taking over does not take the longer, the longer the day has been.
 */
export class ReportsAhead {
  readonly #reading: LogReading;
  readonly #reportsMax: number;
  readonly #books = new Map<number, BookAhead>();
  /** Handed over: what comes now is the new owner's to read. */
  readonly #taken = new Set<number>();
  readonly #intents = new Map<string, Intent[]>();
  readonly #follower: TopicFollower;

  constructor(reading: LogReading, limits: { readonly horizonNs: Ns; readonly reportsMax: number }) {
    this.#reading = reading;
    this.#reportsMax = limits.reportsMax;
    this.#follower = followTopic({
      log: reading.log,
      clock: reading.clock,
      topic: TOPICS.reportsOutcome,
      horizonNs: limits.horizonNs,
      paceNs: PACE_NS,
      take: (record) => this.#take(record),
    });
  }

  /** What a session has sent since `sinceNs` (null: ever), to the newest on the log; null where we came too late. */
  async intentsOf(sessionId: string, sinceNs: Ns | null): Promise<readonly SentMessage[] | null> {
    if (!this.#isOfUse()) return null;
    await this.#follower.upToDate();
    return (this.#intents.get(sessionId) ?? [])
      .filter(({ recordedNs }) => sinceNs === null || recordedNs >= sinceNs)
      .sort((a, b) => a.seq - b.seq);
  }

  /** Hands a book over, once; null where we came too late, or the partition has none. */
  take(partition: number): BookAhead | null {
    if (!this.#isOfUse() || this.#taken.has(partition)) return null;
    this.#taken.add(partition);
    const ahead = this.#books.get(partition) ?? null;
    this.#books.delete(partition);
    // The new owners follow the log themselves.
    if (this.#taken.size === this.#reading.log.partitionCount(TOPICS.reportsOutcome)) void this.stop();
    return ahead;
  }

  /** Asked before the past is read: whoever asks reads the end of it first, and faster without us. */
  #isOfUse(): boolean {
    if (!this.#follower.hasCaughtUp) void this.stop();
    return this.#follower.hasCaughtUp;
  }

  stop(): Promise<void> {
    return this.#follower.stop();
  }

  async #take(record: LogRecord): Promise<void> {
    const { partition } = record;
    const event = await readEvent(record, this.#reading.codec);
    if ('failure' in event) return;
    if (event.type === 'ReportIntended') this.#noteIntent(event.event);
    // Between reading and now the partition may have been handed over.
    if (this.#taken.has(partition)) return;
    const book = this.#books.get(partition)?.book ?? new ReportBook(partition, this.#reportsMax);
    restoreOutcome(book, event);
    this.#books.set(partition, { book, outcomesEnd: record.offset + 1n });
  }

  #noteIntent(intent: {
    readonly sessionId: string;
    readonly msgSeqNum: bigint;
    readonly message: Uint8Array;
    readonly meta: { readonly recordedNs: Ns };
  }): void {
    const { sessionId, msgSeqNum, message, meta } = intent;
    let intents = this.#intents.get(sessionId);
    if (intents === undefined) {
      intents = [];
      this.#intents.set(sessionId, intents);
    }
    intents.push({ seq: Number(msgSeqNum), bytes: message, recordedNs: meta.recordedNs });
    // Forgetting in one go now and then costs less than one at a time.
    if (intents.length > 2 * INTENTS_MAX) intents.splice(0, intents.length - INTENTS_MAX);
  }
}
