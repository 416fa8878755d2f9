import type { Ns } from '@tapeclock/domain';
import type { LogRecord } from '@tapeclock/event-log';
import type { AnyEvent, EncodedEvent, EventCodec } from '@tapeclock/schemas';

/** What a step may know besides its state and the event. */
export interface StepContext {
  readonly nowNs: Ns;
  readonly codec: EventCodec;
  readonly record: LogRecord;
}

/**
 * The heart of a service that turns events into events. Everything in it is pure but for its own `State`,
 * which only `restore`, `step` and `tick` touch. One state exists per partition number.
 *
 * Guarantees given by the shell: calls for one partition never overlap; inputs of one topic come in offset order;
 * outputs are durable before the input counts as done. After a crash inputs may come again, so `step` must drop
 * what its state says was seen: outputs carry deterministic ids.
 */
export interface Processor<State> {
  /** Consumer group, and the `producer` of what it makes. */
  readonly name: string;
  /** Topics with equal partition counts; records of one key meet in one state. */
  readonly inputs: readonly string[];
  /** Topics re-read when a partition is taken over, back to `horizonNs` before now, to rebuild the state. */
  readonly restoreFrom: readonly { readonly topic: string; readonly horizonNs: Ns }[];
  init(partition: number): State;
  /**
   * Takes one past event into the state; makes nothing. Input topics are restored up to the committed offset. Each topic
   * comes in its order; between topics there is none (a standby may be given an output before its input).
   */
  restore(state: State, event: AnyEvent, record: LogRecord): void;
  step(state: State, event: AnyEvent, context: StepContext): readonly EncodedEvent[];
  /** Called when `wakeAtNs` has come, and at least once after each assignment. */
  tick?(state: State, nowNs: Ns, codec: EventCodec): readonly EncodedEvent[];
  /** Next instant at which `tick` has something to do, or null. Asked after every step and tick; must be cheap. */
  wakeAtNs?(state: State): Ns | null;
  /** The partition has moved or the service stops: this state is not used again. */
  release?(state: State): void;
}
