import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  decodeMessage,
  EncodeError,
  encodeMessage,
  type Field,
  FixMessage,
  FrameReader,
  formatUtcTimestamp,
  parseUtcTimestamp,
} from '../../src/codec/index.ts';
import { fix, raw, readable } from './samples.ts';

function decoded(bytes: Uint8Array): FixMessage {
  const message = decodeMessage(bytes);
  assert.ok(message instanceof FixMessage, String(message));
  return message;
}

const tag = fc.integer({ min: 36, max: 9999 }).filter((value) => value < 80 || value > 1500);
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 40 })
  .filter((value) => !value.includes('\x01') && value.isWellFormed());

test('what was written is what is read', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(tag, text), { maxLength: 60 }), (fields: Field[]) => {
      const bytes = encodeMessage('FIX.4.4', '8', fields);
      const reader = new FrameReader();
      reader.feed(bytes);
      const frame = reader.next();
      assert.ok(frame?.kind === 'frame', frame?.kind);
      const message = decoded(frame.bytes);
      assert.equal(message.msgType, '8');
      const body = Array.from(
        { length: message.fieldCount - 4 },
        (_, i): Field => [message.tagAt(i + 3), message.textAt(i + 3)],
      );
      assert.deepEqual(body, fields);
    }),
  );
});

test('length and checksum are those computed by hand', () => {
  const bytes = encodeMessage('FIX.4.2', '0', [
    [49, 'A'],
    [56, 'B'],
    [34, 12],
    [52, '20100304-07:59:30'],
  ]);
  assert.equal(readable(bytes), '8=FIX.4.2|9=42|35=0|49=A|56=B|34=12|52=20100304-07:59:30|10=185|');
});

test('random bytes never make decoding throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const message = decodeMessage(bytes);
      assert.ok(message instanceof FixMessage || typeof message === 'string');
    }),
  );
  fc.assert(
    fc.property(fc.nat(200), fc.nat(255), (at, value) => {
      const bytes = Buffer.from(fix('35=A|49=A|56=B|34=1|52=20250304-16:00:10|98=0|108=30|95=3|96=abc'));
      bytes[at % bytes.length] = value;
      const message = decodeMessage(bytes);
      if (message instanceof FixMessage) for (let i = 0; i < message.fieldCount; i += 1) message.textAt(i);
    }),
  );
});

for (const [reason, text_] of [
  ['TAG', '8=FIX.4.4|9=5|35=0|x=1|10=000|'],
  ['TAG', '8=FIX.4.4|9=5|35=0|-=1|10=000|'],
  ['TAG', '8=FIX.4.4|9=5|35=0|00=1|10=000|'],
  ['TAG', '8=FIX.4.4|9=5|35=0|=1|10=000|'],
  ['TAG', '8=FIX.4.4|9=5|35=0|058=1|10=000|'],
  ['TAG', '8=FIX.4.4|9=5|35=0|999999999999=1|10=000|'],
  ['FIELD', '8=FIX.4.4|9=5|35=0|58=1'],
  ['FIELD', '8=FIX.4.4|9=5|35=0|58'],
  ['HEADER_ORDER', '8=FIX.4.4|9=5|49=A|35=0|10=000|'],
  ['HEADER_ORDER', '8=FIX.4.4|9=5|'],
] as const) {
  test(`${text_} is garbled: ${reason}`, () => assert.equal(decodeMessage(raw(text_)), reason));
}

test('typed getters read what is there and say null to what is not readable', () => {
  const message = decoded(
    fix(
      '35=8|34=0012|31=-12.50|44=1e5|32=+5|38=1234567890123456|60=20250304-16:00:10.123456789123|43=Y|97=N|58=naïve',
    ),
  );
  assert.equal(message.int(34), 12);
  assert.equal(message.int(32), null);
  assert.equal(message.int(38), null, 'beyond exact numbers');
  assert.equal(message.int(999), null);
  assert.equal(message.decimal(31), '-12.50');
  assert.equal(message.decimal(44), null);
  for (const wrong of ['-', '.', '1.2.3', '+1', 'NaN'])
    assert.equal(decoded(fix(`35=8|31=${wrong}`)).decimal(31), null);
  assert.equal(message.timestamp(60), 1_741_104_010_123_456_789n);
  assert.equal(message.flag(43), true);
  assert.equal(message.flag(97), false);
  assert.equal(message.string(58), 'naïve');
  assert.equal(message.has(44), true);
});

test('a data field may hold the separator', () => {
  const data = raw('a|b=|');
  const bytes = encodeMessage('FIX.4.4', 'B', [
    [95, data.length],
    [96, data],
    [58, 'after'],
  ]);
  const message = decoded(bytes);
  assert.deepEqual(message.raw(96), data);
  assert.equal(message.string(58), 'after');
});

test('a data length that leads nowhere falls back to the separator', () => {
  for (const length of ['99999', 'x', '1']) {
    const message = decoded(fix(`35=B|95=${length}|96=abc|58=after`));
    assert.equal(message.string(96), 'abc');
    assert.equal(message.string(58), 'after');
  }
});

test('repeating groups, nested ones too, are read by their definition', () => {
  const message = decoded(
    fix('35=AE|571=R|552=2|54=1|453=2|448=P1|452=1|448=P2|452=7|54=2|453=1|448=P3|58=end'),
  );
  const sides = message.group({ count: 552, delimiter: 54, members: [453, 448, 447, 452] });
  assert.equal(sides.length, 2);
  const parties = sides.map((side) =>
    side.group({ count: 453, delimiter: 448, members: [447, 452] }).map((party) => party.string(448)),
  );
  assert.deepEqual(parties, [['P1', 'P2'], ['P3']]);
  assert.equal(sides[1]?.string(54), '2');
  assert.equal(sides[0]?.has(58), false);
  assert.deepEqual(message.group({ count: 711, delimiter: 311, members: [] }), []);
});

test('a message with more fields than any before it is read whole', () => {
  const fields = Array.from({ length: 10_000 }, (_, i): Field => [448, `P${i}`]);
  const message = decoded(encodeMessage('FIX.4.4', 'AE', [[453, 10_000], ...fields]));
  assert.equal(message.group({ count: 453, delimiter: 448, members: [] }).length, 10_000);
});

for (const [code, field] of [
  ['EMPTY', [58, '']],
  ['SOH', [58, 'a\x01b']],
  ['SOH', [58, 'ä\x01b']],
  ['SOH', [58, raw('|')]],
  ['NOT_WHOLE', [44, 1.5]],
  ['TAG', [0, 'x']],
] as const satisfies readonly (readonly [string, Field])[]) {
  test(`${JSON.stringify(field)} cannot be written: ${code}`, () => {
    assert.throws(
      () => encodeMessage('FIX.4.4', '8', [field]),
      (error) => error instanceof EncodeError && error.code === code,
    );
  });
}

test('a message cut off by an error leaves nothing behind in the next', () => {
  assert.throws(() =>
    encodeMessage('FIX.4.4', '8', [
      [17, 'E1'],
      [58, ''],
    ]),
  );
  assert.equal(decoded(encodeMessage('FIX.4.4', '0', [])).fieldCount, 4);
});

test('a timestamp is read as it was written, cut to its digits', () => {
  const instant = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
  fc.assert(
    fc.property(instant, fc.constantFrom(0, 3, 6, 9), (ns, digits) => {
      const bytes = Buffer.from(formatUtcTimestamp(ns, digits as 0 | 3 | 6 | 9));
      assert.equal(parseUtcTimestamp(bytes, 0, bytes.length), ns - (ns % 10n ** BigInt(9 - digits)));
    }),
  );
});

for (const wrong of [
  '20250230-10:00:00',
  '20250304-24:00:00',
  '20250304-10:00:60',
  '20250304-10:00:00.',
  '20250304-10:00:00.1234567890123',
  '20250304-10:00:00.12x',
  '20250304 10:00:00',
  '20250304-10:00',
  '',
]) {
  test(`'${wrong}' is not a timestamp`, () => {
    const bytes = Buffer.from(wrong);
    assert.equal(parseUtcTimestamp(bytes, 0, bytes.length), null);
  });
}

test('tags that are numbers and yet none are found, for the session to reject', () => {
  const message = decoded(raw('8=FIX.4.4|9=5|35=0|0=a|-1=b|10=000|'));
  assert.deepEqual([message.string(0), message.string(-1)], ['a', 'b']);
});

test('text of every length up to where the decoder takes over reads as it was written, ASCII or not', () => {
  for (let length = 1; length <= 20; length += 1) {
    for (const text of ['abcdefghijklmnopqrstuvwxyz'.slice(0, length), `${'x'.repeat(length - 1)}é`]) {
      assert.equal(decoded(fix(`35=8|58=${text}`)).string(58), text);
    }
  }
});

test('messages keep their fields however many are read after them, and however many fields one has', () => {
  const many = Array.from({ length: 5000 }, (_, i) => `${5000 + i}=${i}`).join('|');
  const messages = Array.from({ length: 500 }, (_, i) => decoded(fix(`35=8|17=E${i}|31=${i}.5`)));
  const large = decoded(fix(`35=8|${many}`));
  const after = decoded(fix('35=8|17=after'));
  assert.deepEqual([messages[0]!.string(17), messages[499]!.decimal(31)], ['E0', '499.5']);
  assert.deepEqual([large.fieldCount, large.string(9999)], [5004, '4999']);
  assert.equal(after.string(17), 'after');
  assert.equal(messages[250]!.detached().string(17), 'E250');
});
