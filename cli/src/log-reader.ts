import { type EventLog, openEmbeddedLog } from '@tapeclock/event-log';
import { systemClock } from '@tapeclock/ports';
import {
  type AnyEvent,
  createEventCodec,
  type EventCodec,
  embeddedRegistry,
  releasedSchemas,
  topicDeclarations,
} from '@tapeclock/schemas';
import { readEvent } from '@tapeclock/service';
import { dataDirectory } from './data-directory.ts';

const BATCH = { recordsMax: 2_000, bytesMax: 8 * 1024 * 1024 } as const;

/** The log of a data directory, for reading beside the running product. */
export interface LogReader {
  readonly log: EventLog;
  readonly codec: EventCodec;
  /** Everything on a topic now, partition after partition, in memory one batch at a time. Unreadable records come as null. */
  events(topic: string): AsyncGenerator<AnyEvent | null>;
  close(): Promise<void>;
}

export async function openLogReader(dataFolder: string): Promise<LogReader> {
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const log = await openEmbeddedLog({
    directory: dataDirectory(dataFolder).log,
    clock: systemClock(),
    topics: topicDeclarations,
  });
  return { log, codec, events: (topic) => eventsOf(log, codec, topic), close: () => log.close() };
}

export async function* eventsOf(
  log: EventLog,
  codec: EventCodec,
  topic: string,
): AsyncGenerator<AnyEvent | null> {
  for (let partition = 0; partition < log.partitionCount(topic); partition += 1) {
    const end = await log.endOffset(topic, partition);
    let from = 0n;
    while (from < end) {
      const records = await log.read(topic, partition, from, BATCH);
      const last = records.at(-1);
      if (last === undefined) break;
      for (const record of records) {
        const read = await readEvent(record, codec);
        yield 'failure' in read ? null : read;
      }
      from = last.offset + 1n;
    }
  }
}
