import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { SessionRecord, SessionStore } from '../store/index.ts';

interface Batch {
  readonly records: SessionRecord[];
  readonly done: PromiseWithResolvers<void>;
}

/**
 * Appends to the store with one append under way at a time: what comes meanwhile goes together in the next. Numbers
 * that leave wait for it; the incoming number rides along, or goes alone a little later.
 */
export class GroupCommit {
  readonly #store: SessionStore;
  readonly #clock: Clock;
  readonly #takenDelayNs: Ns;
  #next: Batch | null = null;
  #isAppending = false;
  #current: Promise<void> = Promise.resolve();
  /** Highest number taken, where not yet in a batch. */
  #taken: number | null = null;
  #timer: Timer | null = null;

  constructor(store: SessionStore, clock: Clock, takenDelayNs: Ns) {
    this.#store = store;
    this.#clock = clock;
    this.#takenDelayNs = takenDelayNs;
  }

  /** Resolves when the record is durable. Records of one session keep the order of the calls. */
  append(record: SessionRecord): Promise<void> {
    // What was taken under the old numbering means nothing under the new one.
    if (record.kind === 'reset') this.#taken = null;
    if (this.#next === null) {
      const done = Promise.withResolvers<void>();
      // Each caller handles its own failure; the batch itself has no one else to hear it.
      done.promise.catch(() => {});
      this.#next = { records: [], done };
    }
    const { records, done } = this.#next;
    records.push(record);
    if (!this.#isAppending) void this.#run();
    return done.promise;
  }

  /** Every message up to `seq` is taken; recorded soon. */
  noteTaken(seq: number): void {
    this.#taken = seq;
    this.#timer ??= this.#clock.after(this.#takenDelayNs, () => {
      this.#timer = null;
      this.#flushTaken();
    });
  }

  /** Resolves when all that was handed over is durable or has failed. */
  async flush(): Promise<void> {
    this.#timer?.cancel();
    this.#timer = null;
    this.#flushTaken();
    await this.#next?.done.promise.catch(() => {});
    while (this.#isAppending) await this.#current.catch(() => {});
  }

  #flushTaken(): void {
    const seq = this.#taken;
    if (seq === null) return;
    this.#taken = null;
    // A failure costs nothing but a few repeats after a crash, so it is not carried further: the next one says more.
    this.append({ kind: 'in', seq }).catch(() => {});
  }

  async #run(): Promise<void> {
    this.#isAppending = true;
    // Let everything of this turn of the loop into the first batch.
    await Promise.resolve();
    while (this.#next !== null) {
      const batch = this.#next;
      this.#next = null;
      if (this.#taken !== null) {
        batch.records.push({ kind: 'in', seq: this.#taken });
        this.#taken = null;
      }
      try {
        this.#current = this.#store.append(batch.records);
        await this.#current;
        batch.done.resolve();
      } catch (error) {
        batch.done.reject(error);
      }
    }
    this.#isAppending = false;
  }
}
