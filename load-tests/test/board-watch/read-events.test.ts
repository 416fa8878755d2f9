import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { eventReader, type ServerSentEvent } from '../../src/board-watch/read-events.ts';

const STREAM =
  'id: 1\nevent: hello\ndata: {"a":1}\n\n: a comment\n\nevent: change\ndata: one\ndata: two\n\ndata: x\n\n';

test('events are the same however the stream was cut on its way', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: STREAM.length - 1 }), { maxLength: 20 }), (cuts) => {
      const events: ServerSentEvent[] = [];
      const read = eventReader((event) => events.push(event));
      const places = [0, ...cuts.toSorted((a, b) => a - b), STREAM.length];
      for (const [index, end] of places.slice(1).entries()) read(STREAM.slice(places[index], end));
      assert.deepEqual(events, [
        { event: 'hello', data: '{"a":1}' },
        { event: 'change', data: 'one\ntwo' },
        { event: 'message', data: 'x' },
      ]);
    }),
  );
});
