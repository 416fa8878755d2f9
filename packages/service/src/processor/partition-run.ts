import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { type EventLog, LogError, type LogRecord, type Membership, untilDone } from '@tapeclock/event-log';
import type { Clock, Timer } from '@tapeclock/ports';
import type { AnyEvent, EncodedEvent, EventCodec } from '@tapeclock/schemas';
import type { PreparedState } from './follow-processor.ts';
import type { Processor } from './processor.ts';
import { deadLetter, readEvent } from './read-event.ts';
import { BATCH, type Restoration, restorePartition } from './restore-partition.ts';

export interface ProcessorHooks {
  /** After a batch is durable. */
  onBatch?(batch: { partition: number; inputs: number; outputs: number; oldestAppendedNs: Ns | null }): void;
  /** A record could not be read or processed; it has gone to the dead letters. */
  onDeadLetter?(record: LogRecord, code: string, text: string): void;
  /** The log refused for now; the shell waits and repeats, which is back-pressure. */
  onStall?(error: LogError): void;
}

interface RunEnvironment {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly hooks?: ProcessorHooks;
}

/** Timers run on the monotonic clock: looking again this often notices a wall clock that was set forward. */
const LOOK_AGAIN_NS = 1_000n * NS_PER_MS;

/** The loop of one partition number over all input topics: restore, then read, step, append, commit. */
export class PartitionRun<State> {
  caughtUp = false;
  readonly #processor: Processor<State>;
  readonly #partition: number;
  readonly #environment: RunEnvironment;
  readonly #membership: () => Membership | null;
  readonly #positions = new Map<string, bigint>();
  readonly #stopping = new AbortController();
  readonly #unsubscribe: (() => void)[] = [];
  readonly #finished: Promise<void>;
  #restoration: Restoration<State>;
  #wakeUp: (() => void) | null = null;
  #onIdle: (() => void)[] = [];
  #ended = false;
  #pendingWake = false;
  #timer: Timer | null = null;
  #timerAtNs: Ns | null = null;

  constructor(
    processor: Processor<State>,
    partition: number,
    environment: RunEnvironment,
    membership: () => Membership | null,
    prepared: PreparedState<State> | null = null,
  ) {
    this.#processor = processor;
    this.#partition = partition;
    this.#environment = environment;
    this.#membership = membership;
    this.#restoration =
      prepared === null ? this.#nothing() : { ...prepared, positions: new Map(prepared.positions) };
    for (const topic of processor.inputs) {
      this.#unsubscribe.push(environment.log.onAppended(topic, () => this.wake()));
    }
    this.#finished = this.#run();
  }

  /** There may be something to do: new records, a due timer, or a membership that has just been granted. */
  wake(): void {
    this.#pendingWake = true;
    this.#wakeUp?.();
  }

  /** Resolves when everything that is on the log now has been taken, or at once when there is nothing to do. */
  whenIdle(): Promise<void> {
    if (this.#wakeUp !== null || this.#ended) return Promise.resolve();
    return new Promise((resolve) => this.#onIdle.push(resolve));
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new Error('stopping'));
    this.wake();
    await this.#finished;
  }

  get #state(): State {
    return this.#restoration.state;
  }

  #nothing(): Restoration<State> {
    return { state: this.#processor.init(this.#partition), positions: new Map() };
  }

  get #stopped(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(): Promise<void> {
    try {
      while (this.#membership() === null && !this.#stopped) await this.#idle();
      await this.#restore();
      await this.#tick('first');
      while (!this.#stopped) {
        this.#pendingWake = false;
        const moved = await this.#readAndStep();
        const ticked = await this.#tick();
        if (!moved && !ticked) {
          this.caughtUp = true;
          await this.#idle();
        }
      }
    } catch (error) {
      // The partition has moved, or the log is closed under us: whoever owns it next goes on from the commit. Anything
      // else is a fault nobody foresaw; the process ends on it, for a loop that silently stopped would report nothing.
      const ours = !(error instanceof LogError && (error.code === 'FENCED' || error.code === 'CLOSED'));
      if (ours && !this.#stopped) throw error;
    } finally {
      this.#timer?.cancel();
      for (const unsubscribe of this.#unsubscribe) unsubscribe();
      this.#processor.release?.(this.#state);
      this.#ended = true;
      this.#tellIdle();
    }
  }

  #idle(): Promise<void> {
    if (this.#pendingWake || this.#stopped) return Promise.resolve();
    this.#tellIdle();
    return new Promise((resolve) => {
      this.#wakeUp = () => {
        this.#wakeUp = null;
        resolve();
      };
    });
  }

  #tellIdle(): void {
    for (const tell of this.#onIdle.splice(0)) tell();
  }

  async #restore(): Promise<void> {
    const { log, clock, codec } = this.#environment;
    for (const topic of this.#processor.inputs) {
      const committed = await this.#membership()?.committed(topic, this.#partition);
      this.#positions.set(topic, committed ?? 0n);
    }
    this.#forgetUncommitted();
    await restorePartition(this.#processor, this.#partition, this.#restoration, {
      clock,
      log,
      codec,
      ask: (what) => this.#untilDone(what),
      endOf: async (topic) =>
        this.#positions.get(topic) ?? (await this.#untilDone(() => log.endOffset(topic, this.#partition))),
      stopped: () => this.#stopped,
    });
  }

  /** Commits that were set back (a replay, a power cut) make inputs new that a standby has in its state already. */
  #forgetUncommitted(): void {
    const { positions } = this.#restoration;
    const isAhead = [...this.#positions].some(
      ([topic, committed]) => (positions.get(topic) ?? 0n) > committed,
    );
    if (!isAhead) return;
    this.#processor.release?.(this.#state);
    this.#restoration = this.#nothing();
  }

  async #readAndStep(): Promise<boolean> {
    let moved = false;
    for (const topic of this.#processor.inputs) {
      const from = this.#positions.get(topic) ?? 0n;
      const records = await this.#untilDone(() =>
        this.#environment.log.read(topic, this.#partition, from, BATCH),
      );
      const last = records.at(-1);
      if (last === undefined || this.#stopped) continue;
      const outputs: EncodedEvent[] = [];
      for (const record of records) outputs.push(...(await this.#stepOne(record)));
      await this.#append(outputs);
      const next = { topic, partition: this.#partition, offset: last.offset + 1n };
      this.#positions.set(topic, next.offset);
      await this.#untilDone(async () => this.#membership()?.commit([next]));
      this.#environment.hooks?.onBatch?.({
        partition: this.#partition,
        inputs: records.length,
        outputs: outputs.length,
        oldestAppendedNs: records[0]?.appendedNs ?? null,
      });
      moved = true;
    }
    return moved;
  }

  async #stepOne(record: LogRecord): Promise<readonly EncodedEvent[]> {
    const { clock, codec, hooks } = this.#environment;
    const read = await readEvent(record, codec);
    if ('failure' in read) {
      hooks?.onDeadLetter?.(record, read.failure.code, read.failure.message);
      return [
        deadLetter(
          this.#processor.name,
          record,
          read.failure.code,
          read.failure.message,
          clock.nowNs(),
          codec,
        ),
      ];
    }
    try {
      return this.#processor.step(this.#state, read as AnyEvent, { nowNs: clock.nowNs(), codec, record });
    } catch (error) {
      // A fault in a step must not stop the trades behind it. The record is kept whole, for a person and for the fix.
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      hooks?.onDeadLetter?.(record, 'STEP_FAILED', text);
      return [deadLetter(this.#processor.name, record, 'STEP_FAILED', text, clock.nowNs(), codec)];
    }
  }

  /** `first` calls the processor's tick whether something is due or not, as its contract says. */
  async #tick(first?: 'first'): Promise<boolean> {
    const { clock, codec } = this.#environment;
    if (this.#processor.tick === undefined || this.#stopped) return false;
    const nowNs = clock.nowNs();
    const wakeAtNs = this.#processor.wakeAtNs?.(this.#state) ?? null;
    if (first === undefined && (wakeAtNs === null || wakeAtNs > nowNs)) {
      this.#arm(wakeAtNs, nowNs);
      return false;
    }
    await this.#append(this.#processor.tick(this.#state, nowNs, codec));
    return true;
  }

  #arm(atNs: Ns | null, nowNs: Ns): void {
    if (atNs === this.#timerAtNs) return;
    this.#timer?.cancel();
    this.#timerAtNs = atNs;
    this.#timer = null;
    if (atNs === null) return;
    const delayNs = atNs - nowNs;
    this.#timer = this.#environment.clock.after(delayNs < LOOK_AGAIN_NS ? delayNs : LOOK_AGAIN_NS, () => {
      this.#timerAtNs = null;
      this.wake();
    });
  }

  /** Repeats until durable: the outputs' ids are fixed, so a repeat that was half done is dropped downstream. */
  async #append(outputs: readonly EncodedEvent[]): Promise<void> {
    if (outputs.length === 0) return;
    await this.#untilDone(() => this.#environment.log.append(outputs));
  }

  /** Waits and repeats while the log refuses for now: that is how back-pressure reaches the inputs. */
  #untilDone<T>(ask: () => Promise<T>): Promise<T> {
    const { clock, hooks } = this.#environment;
    const onStall = (error: LogError) => hooks?.onStall?.(error);
    return untilDone(ask, { clock, signal: this.#stopping.signal, onStall });
  }
}
