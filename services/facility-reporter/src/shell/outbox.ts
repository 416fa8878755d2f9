import { NS_PER_MS } from '@tapeclock/domain';
import { type EventLog, LogError } from '@tapeclock/event-log';
import { type Clock, sleep } from '@tapeclock/ports';
import type { EncodedEvent } from '@tapeclock/schemas';

const RETRY_DELAY_NS = 50n * NS_PER_MS;
const BATCH_MAX = 2_000;

/**
 * Everything this instance tells, in the order in which it was decided: one append at a time, each taking all that has
 * come meanwhile, so that hundreds of intents share one flush of the disk. A log that refuses for now is asked again,
 * for what has been decided must be told.
 */
export class Outbox {
  readonly #log: EventLog;
  readonly #clock: Clock;
  readonly #stopping = new AbortController();
  readonly #trailer: () => readonly EncodedEvent[];
  readonly #onStall: (error: LogError) => void;
  #waiting: { readonly event: EncodedEvent; readonly settle: PromiseWithResolvers<void> }[] = [];
  #running: Promise<void> | null = null;
  /** The last event put: when it is durable, so are all before it. */
  #last: Promise<void> = Promise.resolve();

  /** `trailer` adds what a batch should end with; asked once per batch. */
  constructor(
    log: EventLog,
    clock: Clock,
    trailer: () => readonly EncodedEvent[],
    onStall: (error: LogError) => void,
  ) {
    this.#log = log;
    this.#clock = clock;
    this.#trailer = trailer;
    this.#onStall = onStall;
  }

  /** Takes the event at once, in order; resolves when it is durable. Rejects only when the log is closed or broken. */
  put(event: EncodedEvent): Promise<void> {
    const settle = Promise.withResolvers<void>();
    this.#waiting.push({ event, settle });
    this.#last = settle.promise;
    this.#start();
    return settle.promise;
  }

  /** Resolves when everything put so far is durable; rejects as `put`. */
  flushed(): Promise<void> {
    return this.#last;
  }

  /** Gives a refusing log up, after `flushed` where there is time. */
  stop(): void {
    this.#stopping.abort(new LogError('CLOSED', 'stopping'));
  }

  #start(): void {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
  }

  async #run(): Promise<void> {
    // One turn later, so that all that one event makes goes into the first batch.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, BATCH_MAX);
      const events = batch.map(({ event }) => event);
      events.push(...this.#trailer());
      try {
        await this.#append(events);
        for (const { settle } of batch) settle.resolve();
      } catch (error) {
        for (const { settle } of [...batch, ...this.#waiting.splice(0)]) settle.reject(error);
        // What has been decided could not be told, and nobody can mend that here: the process ends on it.
        if (!(error instanceof LogError && error.code === 'CLOSED')) throw error;
      }
    }
  }

  async #append(events: readonly EncodedEvent[]): Promise<void> {
    for (;;) {
      try {
        await this.#log.append(events);
        return;
      } catch (error) {
        if (!(error instanceof LogError) || !error.retryable) throw error;
        this.#onStall(error);
        await sleep(this.#clock, RETRY_DELAY_NS, this.#stopping.signal);
      }
    }
  }
}
