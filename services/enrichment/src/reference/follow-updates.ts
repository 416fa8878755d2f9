import { type EventLog, LogError } from '@tapeclock/event-log';
import { DecodeError, type EventCodec, TOPICS } from '@tapeclock/schemas';
import { ReferenceDataError } from './parse-row.ts';
import type { ReferenceBook } from './reference-book.ts';

const BATCH = { recordsMax: 500, bytesMax: 4 * 1024 * 1024 } as const;
const PARTITION = 0;

export interface FollowedUpdates {
  /** Resolves once every update that is on the log at the time of the call is in the book. */
  upToDate(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps a book in step with reference.updates, from its beginning on: the topic is small, and a halt of last month
 * still matters to an as/of trade. An update that cannot be used is told to `onRefused` and skipped.
 */
export function followReferenceUpdates(
  book: ReferenceBook,
  environment: {
    readonly log: EventLog;
    readonly codec: EventCodec;
    readonly onRefused?: (place: string, text: string) => void;
  },
): FollowedUpdates {
  const { log, codec } = environment;
  let offset = 0n;
  let stopped = false;
  let woken = false;
  let wake: () => void = () => {};
  const unsubscribe = log.onAppended(TOPICS.referenceUpdates, () => {
    woken = true;
    wake();
  });

  const readAll = async (): Promise<void> => {
    while (!stopped) {
      const records = await log.read(TOPICS.referenceUpdates, PARTITION, offset, BATCH);
      if (records.length === 0) return;
      for (const record of records) {
        try {
          const { type, event } = codec.decode(record.value);
          if (type === 'ReferenceUpdated') book.apply(event);
        } catch (error) {
          if (!(error instanceof ReferenceDataError) && !(error instanceof DecodeError)) throw error;
          environment.onRefused?.(`${record.topic}/${record.partition}/${record.offset}`, error.message);
        }
        offset = record.offset + 1n;
      }
    }
  };

  // One reading after the other: the offset belongs to the one that runs.
  let reading: Promise<void> = Promise.resolve();
  const upToDate = (): Promise<void> => {
    reading = reading.then(readAll);
    return reading;
  };
  const finished = (async () => {
    while (!stopped) {
      woken = false;
      await upToDate();
      if (woken || stopped) continue;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  })().catch((error: unknown) => {
    // A log that is closing ends the following; the start-up caller hears of it through `upToDate`.
    if (!(error instanceof LogError)) throw error;
  });
  return {
    upToDate,
    async stop() {
      stopped = true;
      unsubscribe();
      wake();
      await finished;
    },
  };
}
