import type { Ns } from '@tapeclock/domain';
import { type Clock, sleep } from '@tapeclock/ports';
import type { EventLog, LogRecord } from './event-log.ts';
import { LogError } from './log-error.ts';
import { untilDone } from './until-done.ts';

export interface FollowOptions {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly topic: string;
  /** Begins with the records appended this long before now. @default everything that the log keeps */
  readonly horizonNs?: Ns;
  /**
   * Time between a wake-up and the look at the log, for one who is in no hurry: a standby that reads a tenth of a second
   * behind is woken ten times a second, not at every record. @default 0
   */
  readonly paceNs?: Ns;
  /** Gets every record once, those of one partition in their order. */
  readonly take: (record: LogRecord) => void | Promise<void>;
}

export interface TopicFollower {
  /** True once everything that was on the log at the start has been taken. */
  readonly hasCaughtUp: boolean;
  /** Resolves then; rejects when following has ended before. */
  readonly caughtUp: Promise<void>;
  /** Resolves when everything that is durable at the time of the call has been taken; rejects when following has ended. */
  upToDate(): Promise<void>;
  /** Offset of the next record to be taken. */
  position(partition: number): bigint;
  stop(): Promise<void>;
}

const BATCH = { recordsMax: 512, bytesMax: 4 * 1024 * 1024 } as const;

/**
 * Reads a topic from `horizonNs` ago and goes on with what comes. A log that refuses for now is asked again; any other
 * error, also of `take`, ends the following and is told to whoever waits.
 */
export function followTopic(options: FollowOptions): TopicFollower {
  return new Following(options);
}

class Following implements TopicFollower {
  hasCaughtUp = false;
  readonly caughtUp: Promise<void>;
  readonly #options: FollowOptions;
  readonly #positions: bigint[] = [];
  readonly #stopping = new AbortController();
  readonly #unsubscribe: () => void;
  readonly #finished: Promise<void>;
  #waiting: { readonly ends: readonly bigint[]; resolve(): void; reject(error: unknown): void }[] = [];
  #failure: unknown = null;
  #hasEnded = false;
  #isWoken = false;
  #wakeUp: (() => void) | null = null;
  /** Ends the pause between a wake-up and the look. */
  #hurry: AbortController | null = null;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#unsubscribe = options.log.onAppended(options.topic, () => this.#wake());
    const begun = this.#begin();
    this.caughtUp = begun
      .then(() => this.upToDate())
      .then(() => {
        this.hasCaughtUp = true;
      });
    // Told to whoever asks; nobody has to.
    this.caughtUp.catch(() => {});
    this.#finished = this.#run(begun);
  }

  position(partition: number): bigint {
    return this.#positions[partition] ?? 0n;
  }

  async upToDate(): Promise<void> {
    const { log, topic } = this.#options;
    const partitions = Array.from({ length: log.partitionCount(topic) }, (_, partition) => partition);
    const ends = await Promise.all(partitions.map((partition) => log.endOffset(topic, partition)));
    if (this.#hasEnded) throw this.#failure ?? new LogError('CLOSED', `${topic} is not followed any more`);
    if (this.#hasReached(ends)) return;
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ ends, resolve, reject });
      this.#wake();
      this.#hurry?.abort();
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new LogError('CLOSED', 'stopping'));
    this.#unsubscribe();
    this.#wake();
    this.#hurry?.abort();
    await this.#finished;
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #begin(): Promise<void> {
    const { log, clock, topic, horizonNs } = this.#options;
    const nowNs = clock.nowNs();
    for (let partition = 0; partition < log.partitionCount(topic); partition += 1) {
      const fromNs = horizonNs === undefined || nowNs <= horizonNs ? 0n : nowNs - horizonNs;
      this.#positions[partition] = await this.#untilDone(() => log.offsetAt(topic, partition, fromNs));
    }
  }

  async #run(begun: Promise<void>): Promise<void> {
    try {
      await begun;
      while (!this.#stopped) {
        this.#isWoken = false;
        if (await this.#readAll()) continue;
        await this.#untilWoken();
        if (this.#waiting.length === 0) await this.#pause();
      }
    } catch (error) {
      if (!this.#stopped) this.#failure = error;
    } finally {
      this.#hasEnded = true;
      this.#unsubscribe();
      const closed =
        this.#failure ?? new LogError('CLOSED', `${this.#options.topic} is not followed any more`);
      for (const { reject } of this.#waiting.splice(0)) reject(closed);
    }
  }

  /** One batch of each partition. True where there may be more. */
  async #readAll(): Promise<boolean> {
    const { log, topic, take } = this.#options;
    const asked = this.#waiting.map(({ ends }) => ends);
    let moved = false;
    for (const [partition, from] of this.#positions.entries()) {
      const records = await this.#untilDone(() => log.read(topic, partition, from, BATCH));
      // Offsets may have gaps: where nothing was found, nothing stood below an end that was known before.
      if (records.length === 0) this.#skipTo(partition, asked);
      for (const record of records) {
        if (this.#stopped) return false;
        const taken = take(record);
        if (taken !== undefined) await taken;
        this.#positions[partition] = record.offset + 1n;
        moved = true;
      }
    }
    const reached = this.#waiting.filter(({ ends }) => this.#hasReached(ends));
    this.#waiting = this.#waiting.filter((waiter) => !reached.includes(waiter));
    for (const { resolve } of reached) resolve();
    return moved;
  }

  #skipTo(partition: number, asked: readonly (readonly bigint[])[]): void {
    for (const ends of asked) {
      const end = ends[partition] ?? 0n;
      if (end > this.position(partition)) this.#positions[partition] = end;
    }
  }

  #hasReached(ends: readonly bigint[]): boolean {
    return ends.every((end, partition) => this.position(partition) >= end);
  }

  #wake(): void {
    this.#isWoken = true;
    this.#wakeUp?.();
  }

  #untilWoken(): Promise<void> {
    if (this.#isWoken || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeUp = () => {
        this.#wakeUp = null;
        resolve();
      };
    });
  }

  async #pause(): Promise<void> {
    const { clock, paceNs } = this.#options;
    if (paceNs === undefined || this.#stopped) return;
    this.#hurry = new AbortController();
    await sleep(clock, paceNs, this.#hurry.signal).catch(() => {});
    this.#hurry = null;
  }

  #untilDone<T>(ask: () => Promise<T>): Promise<T> {
    return untilDone(ask, { clock: this.#options.clock, signal: this.#stopping.signal });
  }
}
