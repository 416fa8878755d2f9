import { NS_PER_MS } from '@tapeclock/domain';
import { type EventLog, untilDone } from '@tapeclock/event-log';
import { type Clock, sleep } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import type { Processor } from './processor.ts';
import { type Restoration, type RestoreReading, restorePartition } from './restore-partition.ts';

/** What a standby knows of one partition. */
export interface PreparedState<State> {
  readonly state: State;
  /** Next offset to restore, by topic of `restoreFrom`; a topic of which nothing was restored yet is not in it. */
  readonly positions: ReadonlyMap<string, bigint>;
}

export interface ProcessorStandby<State> {
  /** Resolves when what was on the log at the start is in, or when following has ended before. */
  readonly caughtUp: Promise<void>;
  /**
   * Stops following the partition and hands over what is known of it, exact to the record; the state is the taker's from
   * then on. Null where nothing is known: not begun yet, taken before, or following has failed.
   */
  take(partition: number): PreparedState<State> | null;
  /** Stops following, and releases the states that nobody took. */
  stop(): Promise<void>;
}

interface FollowEnvironment {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly codec: EventCodec;
}

/** A spare is in no hurry: a tenth of a second of records is quickly read at a takeover, and waking costs CPU. */
const PACE_NS = 100n * NS_PER_MS;
/** An append wakes the standby, the commit that follows it does not: the second look is for the commit. */
const LOOKS = 2;

/**
 * Rebuilds the state of every partition ahead of a takeover, by the processor's own `restore`, and goes on as the group
 * writes. Inputs are restored up to what the group has committed and no further: a later one would count as seen, and be
 * dropped as a repeat, although nobody has made its outputs yet. Since outputs are durable before their input is
 * committed, `restore` may be given an output before its input. A log that refuses for now is asked again; any other
 * failure ends the following, and whoever takes over restores from the log.
 */
export function followProcessor<State>(
  processor: Processor<State>,
  environment: FollowEnvironment,
): ProcessorStandby<State> {
  return new Following(processor, environment);
}

class Following<State> implements ProcessorStandby<State> {
  readonly caughtUp: Promise<void>;
  readonly #processor: Processor<State>;
  readonly #environment: FollowEnvironment;
  /** Partitions not taken; null until their first look. */
  readonly #followed = new Map<number, Restoration<State> | null>();
  readonly #stopping = new AbortController();
  readonly #unsubscribe: (() => void)[];
  readonly #finished: Promise<void>;
  #isWoken = false;
  #wakeUp: (() => void) | null = null;

  constructor(processor: Processor<State>, environment: FollowEnvironment) {
    this.#processor = processor;
    this.#environment = environment;
    const { log } = environment;
    const partitions = Math.max(...processor.inputs.map((topic) => log.partitionCount(topic)));
    for (let partition = 0; partition < partitions; partition += 1) this.#followed.set(partition, null);
    this.#unsubscribe = processor.restoreFrom.map(({ topic }) => log.onAppended(topic, () => this.#wake()));
    const { promise, resolve } = Promise.withResolvers<void>();
    this.caughtUp = promise;
    this.#finished = this.#run(resolve);
  }

  take(partition: number): PreparedState<State> | null {
    const known = this.#followed.get(partition) ?? null;
    this.#followed.delete(partition);
    if (this.#followed.size === 0) this.#end();
    return known;
  }

  async stop(): Promise<void> {
    this.#end();
    await this.#finished;
  }

  #end(): void {
    this.#stopping.abort(new Error('stopping'));
    this.#wake();
  }

  get #ended(): boolean {
    return this.#stopping.signal.aborted;
  }

  async #run(caughtUp: () => void): Promise<void> {
    try {
      await this.#look();
      caughtUp();
      while (!this.#ended) {
        await this.#untilWoken();
        this.#isWoken = false;
        for (let look = 0; look < LOOKS; look += 1) {
          await sleep(this.#environment.clock, PACE_NS, this.#stopping.signal);
          await this.#look();
        }
      }
    } catch {
      // Stopped, or the log or a record failed us. The taker restores for itself, and fails aloud where it must.
    } finally {
      this.#stopping.abort(new Error('ended'));
      for (const unsubscribe of this.#unsubscribe) unsubscribe();
      for (const known of this.#followed.values()) {
        if (known !== null) this.#processor.release?.(known.state);
      }
      this.#followed.clear();
      caughtUp();
    }
  }

  async #look(): Promise<void> {
    for (const [partition, known] of this.#followed) {
      if (this.#ended) return;
      const restoration = known ?? { state: this.#processor.init(partition), positions: new Map() };
      this.#followed.set(partition, restoration);
      await restorePartition(this.#processor, partition, restoration, this.#reading(partition, restoration));
    }
  }

  #reading(partition: number, restoration: Restoration<State>): RestoreReading {
    const { clock, log, codec } = this.#environment;
    const { name, inputs } = this.#processor;
    const { signal } = this.#stopping;
    const ask = <T>(what: () => Promise<T>): Promise<T> => untilDone(what, { clock, signal });
    return {
      clock,
      log,
      codec,
      ask,
      async endOf(topic, from) {
        const end = await ask(() => log.endOffset(topic, partition));
        if (end <= from || !inputs.includes(topic)) return end;
        return (await ask(() => log.committed(name, topic, partition))) ?? 0n;
      },
      stopped: () => signal.aborted || this.#followed.get(partition) !== restoration,
      // Reading a log on the local disk never leaves the microtasks; a timer lets the rest of the process work.
      breathe: () => sleep(clock, 0n, signal),
    };
  }

  #wake(): void {
    this.#isWoken = true;
    this.#wakeUp?.();
  }

  #untilWoken(): Promise<void> {
    if (this.#isWoken || this.#ended) return Promise.resolve();
    return new Promise((resolve) => {
      this.#wakeUp = () => {
        this.#wakeUp = null;
        resolve();
      };
    });
  }
}
