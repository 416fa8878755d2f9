import { eventId, type Ns } from '@tapeclock/domain';
import type { LogRecord } from '@tapeclock/event-log';
import {
  type AnyEvent,
  DecodeError,
  type EncodedEvent,
  type EventCodec,
  NO_STAMPS,
} from '@tapeclock/schemas';

/** Decodes a record; an unknown schema id is looked up once before the record is given up. */
export async function readEvent(
  record: LogRecord,
  codec: EventCodec,
): Promise<AnyEvent | { readonly failure: DecodeError }> {
  const first = decode(record, codec);
  if (!('failure' in first)) return first;
  const { code, schemaId } = first.failure;
  if (code !== 'SCHEMA_UNKNOWN' || schemaId === null || !(await codec.learn(schemaId))) return first;
  return decode(record, codec);
}

function decode(record: LogRecord, codec: EventCodec): AnyEvent | { readonly failure: DecodeError } {
  try {
    return codec.decode(record.value);
  } catch (error) {
    if (error instanceof DecodeError) return { failure: error };
    throw error;
  }
}

/**
 * The record as a dead letter, addressed so that repeats carry the same id. What is too long to be wrapped into another
 * record is cut; its place says where the whole still stands.
 */
export function deadLetter(
  service: string,
  record: LogRecord,
  code: string,
  text: string,
  nowNs: Ns,
  codec: EventCodec,
): EncodedEvent {
  const place = `${record.topic}/${record.partition}/${record.offset}`;
  return codec.record('DeadLettered', {
    meta: {
      eventId: eventId('DeadLettered', service, place),
      lineageId: record.key,
      schemaVersion: 1,
      recordedNs: nowNs,
      producer: service,
      traceparent: null,
      stamps: NO_STAMPS,
    },
    service,
    topic: record.topic,
    partition: record.partition,
    offset: record.offset,
    code,
    text: text.slice(0, TEXT_LENGTH_MAX),
    value: record.value.subarray(0, VALUE_BYTES_MAX),
  });
}

const TEXT_LENGTH_MAX = 500;
const VALUE_BYTES_MAX = 4 * 1024 * 1024;
