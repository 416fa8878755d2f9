import type avsc from 'avsc';
import { compileType } from './avro-type.ts';
import { DecodeError } from './decode-error.ts';
import type { EventTypes } from './events.generated.ts';
import type { RegisteredSchema, SchemaRegistry } from './schema-registry.ts';
import { type EventName, topicOf } from './topics.ts';

/** A decoded event with its name; narrow on `type`. */
export type AnyEvent = {
  readonly [Name in EventName]: { readonly type: Name; readonly event: EventTypes[Name] };
}[EventName];

/** What a step hands back to be appended. */
export interface EncodedEvent {
  readonly topic: string;
  readonly key: string;
  readonly value: Uint8Array;
}

export interface EventCodec {
  /** Confluent wire format: 0, schema id (4 bytes, big-endian), Avro body. Throws a `TypeError` on a misfit. */
  encode<Name extends EventName>(type: Name, event: EventTypes[Name]): Uint8Array;
  /** Encodes and addresses: topic from the event's name, key from its lineage. */
  record<Name extends EventName>(type: Name, event: EventTypes[Name]): EncodedEvent;
  /** Throws `DecodeError`. Knows only schemas it has met or was given at start; see `learn`. */
  decode(value: Uint8Array): AnyEvent;
  /** Asks the registry for an id that `decode` did not know. `false`: the registry does not know it either. */
  learn(schemaId: number): Promise<boolean>;
}

const MAGIC_BYTE = 0;
const HEADER_BYTES = 5;
const SCRATCH_BYTES = 16 * 1024;

interface Writer {
  readonly id: number;
  readonly type: avsc.Type;
  /** Fields of type `bytes`: avsc takes them only as `Buffer`. */
  readonly bytesFields: readonly string[];
}

interface Reader {
  readonly name: EventName;
  readonly decode: (bytes: Buffer) => unknown;
}

/** Prepares writers for the newest version of each event and readers for every version given. */
export async function createEventCodec(
  registry: SchemaRegistry,
  known: readonly RegisteredSchema[],
): Promise<EventCodec> {
  const writers = new Map<string, Writer>();
  const readers = new Map<number, Reader>();
  const addReader = (entry: RegisteredSchema) => {
    const writer = writers.get(entry.subject);
    if (writer === undefined) return false;
    const resolver =
      writer.id === entry.id ? undefined : writer.type.createResolver(compileType(entry.schema));
    readers.set(entry.id, {
      name: entry.subject as EventName,
      decode: (bytes) => {
        const { value, offset } = writer.type.decode(bytes, HEADER_BYTES, resolver);
        if (offset !== bytes.length)
          throw new Error(offset < 0 ? 'body is cut short' : 'bytes are left over');
        return value;
      },
    });
    return true;
  };
  for (const subject of new Set(known.map((entry) => entry.subject))) {
    const newest = await registry.latest(subject);
    const bytesFields = newest.schema.fields
      .filter((field) => field.type === 'bytes')
      .map((field) => field.name);
    writers.set(subject, { id: newest.id, type: compileType(newest.schema), bytesFields });
  }
  for (const entry of known) addReader(entry);

  // One scratch buffer for all: encoding is synchronous, and the result is copied out at its exact size.
  let scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
  const encode: EventCodec['encode'] = (type, event) => {
    const writer = writers.get(type);
    if (writer === undefined) throw new TypeError(`no schema for event ${type}`);
    const value = withBuffers(event as unknown as Record<string, unknown>, writer.bytesFields);
    let end = writer.type.encode(value, scratch, HEADER_BYTES);
    if (end < 0) {
      // avsc answers with the missing byte count, negated.
      scratch = Buffer.allocUnsafe(2 * (scratch.length - end));
      end = writer.type.encode(value, scratch, HEADER_BYTES);
    }
    scratch[0] = MAGIC_BYTE;
    scratch.writeUInt32BE(writer.id, 1);
    return Uint8Array.prototype.slice.call(scratch, 0, end);
  };

  return {
    encode,
    record: (type, event) => ({
      topic: topicOf(type),
      key: event.meta.lineageId,
      value: encode(type, event),
    }),
    decode(value) {
      const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      if (bytes.length < HEADER_BYTES || bytes[0] !== MAGIC_BYTE) {
        throw new DecodeError('NOT_WIRE_FORMAT', null, 'record does not start with the wire format header');
      }
      const id = bytes.readUInt32BE(1);
      const reader = readers.get(id);
      if (reader === undefined)
        throw new DecodeError('SCHEMA_UNKNOWN', id, `schema id ${id} is not known here`);
      try {
        return { type: reader.name, event: reader.decode(bytes) } as AnyEvent;
      } catch (error) {
        throw new DecodeError('BODY_UNREADABLE', id, `${reader.name}: ${String(error)}`);
      }
    },
    async learn(schemaId) {
      const entry = await registry.byId(schemaId);
      return entry === null ? false : addReader(entry);
    },
  };
}

/** The event itself where its bytes are Buffers already, else a shallow copy with views in their place. */
function withBuffers(event: Record<string, unknown>, fields: readonly string[]): Record<string, unknown> {
  let copy = event;
  for (const name of fields) {
    const bytes = event[name];
    if (!(bytes instanceof Uint8Array) || Buffer.isBuffer(bytes)) continue;
    if (copy === event) copy = { ...event };
    copy[name] = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  return copy;
}
