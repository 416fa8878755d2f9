import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { jsonPlaces, textPlace } from '../../src/rulebook/json-places.ts';

test('each value is found where it stands', () => {
  const text = '{\n  "a": [1, {"b.c": "x"}],\n  "d": null\n}';
  const { offsets, brokenAt } = jsonPlaces(text);
  assert.equal(brokenAt, null);
  assert.deepEqual(textPlace(text, offsets.get('a[1].b.c') ?? -1), { line: 2, column: 20 });
  assert.deepEqual(textPlace(text, offsets.get('d') ?? -1), { line: 3, column: 8 });
});

test('a key that stands twice is told with its place', () => {
  const { repeated } = jsonPlaces('{"a": 1, "b": 2, "a": 3}');
  assert.deepEqual(repeated, [{ path: 'a', offset: 17 }]);
});

test('it takes for JSON exactly what JSON.parse does', () => {
  const broken = fc
    .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', '"', '0', '\\', '\u0001', '-', '.', 'tru'))
    .map(([text, at, insert]) => {
      const offset = at % (text.length + 1);
      return text.slice(0, offset) + insert + text.slice(offset + (insert === '' ? 1 : 0));
    });
  fc.assert(
    fc.property(fc.oneof(fc.json(), broken), (text) => {
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      assert.equal(jsonPlaces(text).brokenAt === null, parses, text);
    }),
    { numRuns: 2_000 },
  );
});
