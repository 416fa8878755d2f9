import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type FrameEvent, FrameReader, type FrameReaderOptions } from '../../src/codec/index.ts';
import { fix, raw, readable } from './samples.ts';

const HEARTBEAT = fix('35=0|49=A|56=B|34=2|52=20250304-16:00:10.000');
const TRADE = fix('35=8|49=A|56=B|34=3|52=20250304-16:00:10.000|17=E1|58=8=FIX in a text');

function readAll(chunks: readonly Uint8Array[], options: FrameReaderOptions = {}): FrameEvent[] {
  const reader = new FrameReader(options);
  const events: FrameEvent[] = [];
  for (const chunk of chunks) {
    reader.feed(chunk);
    for (let event = reader.next(); event !== null; event = reader.next()) events.push(event);
  }
  return events;
}

const kinds = (events: readonly FrameEvent[]) =>
  events.map((event) => (event.kind === 'garbled' ? event.reason : event.kind));

test('messages come out whole whatever the pieces they arrive in', () => {
  const stream = Buffer.concat([HEARTBEAT, TRADE, HEARTBEAT]);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 20 }), (cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), stream.length];
      const chunks = at.slice(1).map((end, i) => Buffer.from(stream.subarray(at[i], end)));
      const frames = readAll(chunks).map((event) =>
        event.kind === 'frame' ? readable(event.bytes) : event.kind,
      );
      assert.deepEqual(frames, [HEARTBEAT, TRADE, HEARTBEAT].map(readable));
    }),
  );
});

test('one byte at a time, with garbage and a garbled message between, gives the same messages', () => {
  const broken = raw('8=FIX.4.4|9=40|35=0|10=000|');
  const stream = Buffer.concat([raw('hello'), HEARTBEAT, raw('8=F?'), TRADE, broken, HEARTBEAT, TRADE]);
  const bytewise = readAll([...stream].map((byte) => Uint8Array.of(byte)));
  const frames = bytewise.filter((event) => event.kind === 'frame').map((event) => readable(event.bytes));
  assert.deepEqual(frames, [HEARTBEAT, TRADE, HEARTBEAT, TRADE].map(readable));
  assert.deepEqual(kinds(bytewise), kinds(readAll([stream])));
});

test('a frame handed out is not overwritten by what arrives later', () => {
  const reader = new FrameReader();
  reader.feed(HEARTBEAT.subarray(0, 10));
  reader.feed(Buffer.concat([HEARTBEAT.subarray(10), TRADE.subarray(0, 5)]));
  const first = reader.next();
  for (let i = 0; i < 50; i += 1) reader.feed(i === 0 ? TRADE.subarray(5) : TRADE);
  assert.ok(first?.kind === 'frame');
  assert.equal(readable(first.bytes), readable(HEARTBEAT));
});

test('a wrong checksum drops that message only', () => {
  const wrong = Buffer.from(HEARTBEAT);
  wrong[wrong.length - 2] = wrong[wrong.length - 2] === 0x30 ? 0x31 : 0x30;
  assert.deepEqual(kinds(readAll([wrong, TRADE])), ['CHECKSUM', 'frame']);
});

test('a checksum that is no number is a wrong one', () => {
  const wrong = Buffer.from(HEARTBEAT);
  wrong.write('1x0', wrong.length - 4);
  assert.deepEqual(kinds(readAll([wrong, TRADE])), ['CHECKSUM', 'frame']);
});

for (const [name, length] of [
  ['too short', 5],
  ['too long', 90],
] as const) {
  test(`a BodyLength that is ${name} is dropped and the next message still read`, () => {
    const wrong = raw(readable(HEARTBEAT).replace(/9=\d+/, `9=${length}`));
    assert.deepEqual(kinds(readAll([wrong, TRADE, HEARTBEAT])), ['BODY_LENGTH', 'frame', 'frame']);
  });
}

for (const [name, length, rest] of [
  ['too short', 5, ['frame', 'frame']],
  ['too long', 90, ['frame']],
] as const) {
  test(`where trailers are looked for, a BodyLength that is ${name} takes what it reaches into with it`, () => {
    const wrong = raw(readable(HEARTBEAT).replace(/9=\d+/, `9=${length}`));
    const events = readAll([wrong, TRADE, HEARTBEAT], { resyncAt: 'trailer' });
    assert.deepEqual(kinds(events), ['BODY_LENGTH', ...rest]);
  });
}

test('where trailers are looked for, one that does not come is waited for within the largest message only', () => {
  const reader = new FrameReader({ resyncAt: 'trailer', bodyBytesMax: 100 });
  reader.feed(raw(`8=FIX.4.4|9=5|35=0|58=${'x'.repeat(50)}`));
  assert.equal(reader.next(), null);
  reader.feed(raw('x'.repeat(50)));
  assert.equal(reader.next()?.kind, 'garbled');
});

for (const [name, text] of [
  ['unreadable', '8=FIX.4.4|9=x|35=0|10=000|'],
  ['missing', '8=FIX.4.4|9=|35=0|10=000|'],
  ['of ten digits', '8=FIX.4.4|9=0000000005|35=0|10=000|'],
] as const) {
  test(`a BodyLength that is ${name} is dropped`, () => {
    assert.deepEqual(kinds(readAll([raw(text), TRADE])), ['BODY_LENGTH', 'frame']);
  });
}

test('a trailer that does not begin a field is no trailer', () => {
  assert.deepEqual(kinds(readAll([raw('8=FIX.4.4|9=9|35=0|58=a10=123|'), TRADE])), ['BODY_LENGTH', 'frame']);
});

test('a message whose second field is not BodyLength is dropped', () => {
  assert.deepEqual(kinds(readAll([raw('8=FIX.4.4|35=0|9=5|10=000|'), TRADE])), ['HEADER_ORDER', 'frame']);
});

test('a BeginString without end is dropped', () => {
  assert.deepEqual(kinds(readAll([raw('8=FIX.4.4.4.4.4.4.4.4|9=5|'), TRADE])), ['HEADER_ORDER', 'frame']);
});

test('garbage between messages is counted', () => {
  assert.deepEqual(readAll([raw('GET / HTTP/1.1'), TRADE])[0], { kind: 'garbage', byteCount: 14 });
});

test('endless garbage ends in overflow, and nothing is read after it', () => {
  const events = readAll([Buffer.alloc(80, 'x'), Buffer.alloc(80, 'x'), TRADE], { skippedBytesMax: 100 });
  assert.deepEqual(events, [{ kind: 'overflow', byteCount: 160 }]);
});

test('an endless row of garbled starts ends in overflow too', () => {
  const events = readAll([raw('8=FIX.4.4|35=|'.repeat(100))], { skippedBytesMax: 100 });
  assert.equal(events.at(-1)?.kind, 'overflow');
});

test('a 16 MB message is refused from its announcement, before its bytes arrive', () => {
  const events = readAll([raw('8=FIX.4.4|9=16777216|35=8|')]);
  assert.deepEqual(events, [{ kind: 'tooLarge', bodyBytes: 16_777_216 }]);
});

test('the largest body may grow once the peer is known', () => {
  const reader = new FrameReader({ bodyBytesMax: 10 });
  reader.allowBodyBytes(1000);
  reader.feed(TRADE);
  assert.equal(reader.next()?.kind, 'frame');
});

test('random bytes never make it throw, and what it holds stays bounded', () => {
  const piece = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.constantFrom(HEARTBEAT, TRADE, raw('8=FIX'), raw('8=FIX.4.4|9=20|'), raw('10=000|')),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const reader = new FrameReader({ bodyBytesMax: 300, skippedBytesMax: 200 });
      for (const bytes of pieces) {
        reader.feed(bytes);
        while (reader.next() !== null) {}
        assert.ok(reader.bufferedBytes < 350);
      }
    }),
  );
});
