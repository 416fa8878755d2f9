import type { EventLog } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import type { Processor } from './processor.ts';
import { readEvent } from './read-event.ts';

/** A partition's state as far as the log has been read back. */
export interface Restoration<State> {
  readonly state: State;
  /** Next offset to restore, by topic of `restoreFrom`; a topic of which nothing was restored yet is not in it. */
  readonly positions: Map<string, bigint>;
}

/** How one reader goes about it: the loop that takes over, or the standby that reads ahead. */
export interface RestoreReading {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly codec: EventCodec;
  /** Asks the log, patiently or not. */
  ask<T>(what: () => Promise<T>): Promise<T>;
  /** Offset up to which a topic is restored, where the next record to restore is at `from` or later. */
  endOf(topic: string, from: bigint): Promise<bigint>;
  /** Once true, the state is not touched again. */
  stopped(): boolean;
  /** Lets others work between two batches. */
  breathe?(): Promise<void>;
}

export const BATCH = { recordsMax: 512, bytesMax: 4 * 1024 * 1024 } as const;

/**
 * Takes what the log knows of one partition into the state, topic after topic in the order of `restoreFrom`, from where
 * an earlier call has come to, else from the horizon. Whenever `stopped` turns true, positions and state agree.
 */
export async function restorePartition<State>(
  processor: Processor<State>,
  partition: number,
  { state, positions }: Restoration<State>,
  reading: RestoreReading,
): Promise<void> {
  const { log, clock, codec } = reading;
  for (const { topic, horizonNs } of processor.restoreFrom) {
    if (reading.stopped()) return;
    const nowNs = clock.nowNs();
    const fromNs = nowNs > horizonNs ? nowNs - horizonNs : 0n;
    let offset = positions.get(topic) ?? (await reading.ask(() => log.offsetAt(topic, partition, fromNs)));
    const end = await reading.endOf(topic, offset);
    while (offset < end && !reading.stopped()) {
      const from = offset;
      const records = await reading.ask(() => log.read(topic, partition, from, BATCH));
      for (const record of records) {
        if (record.offset >= end) break;
        const event = await readEvent(record, codec);
        if (reading.stopped()) return;
        if (!('failure' in event)) processor.restore(state, event, record);
        offset = record.offset + 1n;
        positions.set(topic, offset);
      }
      // Offsets may have gaps: where nothing was found below the end, nothing stands there.
      if (offset === from) break;
      await reading.breathe?.();
    }
  }
}
