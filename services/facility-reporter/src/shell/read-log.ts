import type { Ns } from '@tapeclock/domain';
import { type EventLog, type LogRecord, untilDone } from '@tapeclock/event-log';
import { type Clock, sleep } from '@tapeclock/ports';
import type { AnyEvent, EventCodec } from '@tapeclock/schemas';
import { readEvent } from '@tapeclock/service';

export const BATCH = { recordsMax: 512, bytesMax: 4 * 1024 * 1024 } as const;

export interface LogReading {
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly clock: Clock;
}

/** Gives every readable event of one partition from `from` up to `end`. Returns where it stopped. */
export async function readThrough(
  { log, codec, clock }: LogReading,
  topic: string,
  partition: number,
  range: { readonly from: bigint; readonly end: bigint },
  signal: AbortSignal,
  take: (event: AnyEvent, record: LogRecord) => void,
  /** Between batches, for reading that must leave room for others. */
  pauseNs: Ns | null = null,
): Promise<bigint> {
  let offset = range.from;
  while (offset < range.end && !signal.aborted) {
    const from = offset;
    const records = await untilDone(() => log.read(topic, partition, from, BATCH), { clock, signal });
    const last = records.at(-1);
    if (last === undefined) break;
    for (const record of records) {
      if (record.offset >= range.end) return range.end;
      const event = await readEvent(record, codec);
      if (!('failure' in event)) take(event, record);
    }
    offset = last.offset + 1n;
    if (pauseNs !== null) await sleep(clock, pauseNs, signal);
  }
  return offset;
}

/** When the newest record of a partition was appended; null for an empty one. */
export async function newestNs({ log }: LogReading, topic: string, partition: number): Promise<Ns | null> {
  const end = await log.endOffset(topic, partition);
  if (end === 0n) return null;
  const [last] = await log.read(topic, partition, end - 1n, { recordsMax: 1, bytesMax: 1 });
  return last?.appendedNs ?? null;
}
