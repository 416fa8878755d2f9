/** What the courier knows of one partition: files to carry, files answered. Rebuilt from the log. */
import type { Ns } from '@tapeclock/domain';
import type { EventLog } from '@tapeclock/event-log';
import { type AnyEvent, type CatFileIntended, DecodeError, type EventCodec } from '@tapeclock/schemas';

export interface Outbox {
  readonly partition: number;
  /** Intents that are not on the CAT side yet, oldest first, by file name. */
  readonly pending: Map<string, CatFileIntended>;
  /** Records of each file, to tell how many were taken. */
  readonly recordCounts: Map<string, number>;
  /** Feedback files that are in the log already. */
  readonly seenFeedback: Set<string>;
  /** Next record of `cat.files`. */
  offset: bigint;
}

export const FILES_TOPIC = 'cat.files';
export const ACTIVITY_TOPIC = 'cat.activity';
const BATCH = { recordsMax: 64, bytesMax: 8 * 1024 * 1024 } as const;

interface OutboxLog {
  readonly log: EventLog;
  readonly codec: EventCodec;
}

/** Reads back what was sent and answered since `fromNs`, then what is still to be sent. */
export async function openOutbox(partition: number, fromNs: Ns, environment: OutboxLog): Promise<Outbox> {
  const { log } = environment;
  const outbox: Outbox = {
    partition,
    pending: new Map(),
    recordCounts: new Map(),
    seenFeedback: new Set(),
    offset: await log.offsetAt(FILES_TOPIC, partition, fromNs),
  };
  const submitted = new Set<string>();
  const from = await log.offsetAt(ACTIVITY_TOPIC, partition, fromNs);
  await readAll(ACTIVITY_TOPIC, partition, from, environment, ({ type, event }) => {
    if (type === 'CatFileSubmitted') submitted.add(event.fileName);
    if (type === 'CatFeedbackReceived') outbox.seenFeedback.add(event.feedbackFile);
  });
  await readIntents(outbox, environment);
  for (const fileName of submitted) outbox.pending.delete(fileName);
  return outbox;
}

/** Takes new intents; true where there were any. */
export async function readIntents(outbox: Outbox, environment: OutboxLog): Promise<boolean> {
  const from = outbox.offset;
  outbox.offset = await readAll(FILES_TOPIC, outbox.partition, from, environment, ({ type, event }) => {
    if (type !== 'CatFileIntended') return;
    outbox.pending.set(event.fileName, event);
    outbox.recordCounts.set(event.fileName, event.recordCount);
  });
  return outbox.offset > from;
}

async function readAll(
  topic: string,
  partition: number,
  from: bigint,
  { log, codec }: OutboxLog,
  take: (event: AnyEvent) => void,
): Promise<bigint> {
  let offset = from;
  for (;;) {
    const records = await log.read(topic, partition, offset, BATCH);
    const last = records.at(-1);
    if (last === undefined) return offset;
    for (const record of records) {
      const event = await decode(record.value, codec);
      if (event !== null) take(event);
    }
    offset = last.offset + 1n;
  }
}

/** A record that cannot be read is passed over: whoever steps through the topic has put it with the dead letters. */
async function decode(value: Uint8Array, codec: EventCodec): Promise<AnyEvent | null> {
  try {
    return codec.decode(value);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    if (error.code !== 'SCHEMA_UNKNOWN' || error.schemaId === null || !(await codec.learn(error.schemaId))) {
      return null;
    }
    return codec.decode(value);
  }
}
