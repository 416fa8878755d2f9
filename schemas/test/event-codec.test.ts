import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { compatibilityClashes } from '../src/compatibility.ts';
import {
  createEventCodec,
  DecodeError,
  embeddedRegistry,
  listRegistry,
  type RegisteredSchema,
  releasedSchemas,
  type SessionStateChanged,
} from '../src/index.ts';
import { NO_STAMPS } from '../src/no-stamps.ts';
import { readSourceSchemas } from '../src/source-files.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

const longs = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
function sessionEvent(recordedNs: bigint, text: string | null): SessionStateChanged {
  return {
    meta: {
      eventId: 'E1',
      lineageId: 'S1',
      schemaVersion: 1,
      recordedNs,
      producer: 'test',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    sessionId: 'S1',
    role: 'facility',
    state: 'LOGGED_ON',
    process: 'hot',
    text,
  };
}

test('every long survives as the bigint it was, far beyond 2^53', () => {
  fc.assert(
    fc.property(longs, fc.option(fc.string()), (ns, text) => {
      const read = codec.decode(codec.encode('SessionStateChanged', sessionEvent(ns, text)));
      assert.equal(read.type, 'SessionStateChanged');
      assert.equal(read.event.meta.recordedNs, ns);
      assert.equal((read.event as SessionStateChanged).text, text);
    }),
  );
});

test('bytes are taken as any Uint8Array, also a view into a larger buffer', () => {
  const bytes = new Uint8Array([9, 1, 2, 3, 9]).subarray(1, 4);
  const { meta } = sessionEvent(1n, null);
  const value = codec.encode('FixSessionAdvanced', {
    meta,
    sessionId: 'S1',
    kind: 'OUT',
    seq: 1n,
    isApplication: true,
    message: bytes,
  });
  const read = codec.decode(value);
  assert.ok(read.type === 'FixSessionAdvanced');
  assert.deepEqual([...read.event.message], [1, 2, 3]);
});

test('an event larger than the scratch buffer is encoded whole', () => {
  const text = 'x'.repeat(100_000);
  const read = codec.decode(codec.encode('SessionStateChanged', sessionEvent(1n, text)));
  assert.equal((read.event as SessionStateChanged).text, text);
});

test('bytes that are no event are told apart and never taken for one', () => {
  const good = codec.encode('SessionStateChanged', sessionEvent(1n, 'up'));
  const cases: [Uint8Array, string][] = [
    [new Uint8Array(), 'NOT_WIRE_FORMAT'],
    [Uint8Array.from([1, 0, 0, 0, 1]), 'NOT_WIRE_FORMAT'],
    [Uint8Array.from([0, 0, 0, 255, 255, 1]), 'SCHEMA_UNKNOWN'],
    [good.subarray(0, good.length - 1), 'BODY_UNREADABLE'],
    [Uint8Array.from([...good, 0]), 'BODY_UNREADABLE'],
  ];
  for (const [bytes, code] of cases) {
    assert.throws(
      () => codec.decode(bytes),
      (error) => error instanceof DecodeError && error.code === code,
      code,
    );
  }
});

test('random bytes behind a valid header never throw anything but a DecodeError', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: releasedSchemas.length }),
      fc.uint8Array({ maxLength: 300 }),
      (id, body) => {
        const value = Uint8Array.from([0, 0, 0, id >> 8, id & 255, ...body]);
        try {
          codec.decode(value);
        } catch (error) {
          assert.ok(error instanceof DecodeError, String(error));
        }
      },
    ),
    { numRuns: 1_000 },
  );
});

test('a reader of today reads what the version before wrote, and the reverse', async () => {
  const [current] = releasedSchemas.filter((entry) => entry.subject === 'SessionStateChanged').slice(-1);
  assert.ok(current);
  const next: RegisteredSchema = {
    id: 9_001,
    subject: current.subject,
    version: current.version + 1,
    schema: {
      ...current.schema,
      fields: [...current.schema.fields, { name: 'host', type: ['null', 'string'], default: null }],
    },
  };
  const registry = listRegistry([current, next]);
  const newCode = await createEventCodec(registry, [current, next]);
  const oldCode = await createEventCodec(listRegistry([current]), [current]);
  const fromOld = newCode.decode(oldCode.encode('SessionStateChanged', sessionEvent(5n, 'up')));
  assert.equal(fromOld.event.meta.recordedNs, 5n);
  const written = newCode.encode('SessionStateChanged', {
    ...sessionEvent(6n, 'up'),
    host: 'a',
  } as SessionStateChanged);
  assert.throws(() => oldCode.decode(written), /SCHEMA_UNKNOWN/);
  assert.deepEqual(compatibilityClashes(next.schema, [current]), []);
});

test('an incompatible change is refused with the field and the way out', () => {
  const current = releasedSchemas.find((entry) => entry.subject === 'SessionStateChanged');
  assert.ok(current);
  const retyped = {
    ...current.schema,
    fields: current.schema.fields.map((field) =>
      field.name === 'process' ? { ...field, type: 'long' } : field,
    ),
  };
  assert.match(compatibilityClashes(retyped, [current]).join('\n'), /long.*default/s);
  const required = {
    ...current.schema,
    fields: [...current.schema.fields, { name: 'host', type: 'string' }],
  };
  assert.match(compatibilityClashes(required, [current]).join('\n'), /host/);
});

test('every authored schema is released as it stands', () => {
  for (const [name, schema] of readSourceSchemas().standalone) {
    const newest = releasedSchemas.filter((entry) => entry.subject === name).at(-1);
    assert.deepEqual(newest?.schema, JSON.parse(JSON.stringify(schema)), name);
  }
});
