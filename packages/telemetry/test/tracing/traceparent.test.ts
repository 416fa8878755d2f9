import assert from 'node:assert/strict';
import test from 'node:test';
import { systemRandom } from '@tapeclock/ports';
import { newTraceparent, parseTraceparent } from '../../src/index.ts';

test('a new traceparent is a valid one, and no two are alike', () => {
  const one = newTraceparent(systemRandom);
  assert.match(one, /^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  assert.equal(parseTraceparent(one)?.sampled, true);
  assert.notEqual(one, newTraceparent(systemRandom));
});

test('what the specification calls invalid is none', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
  const span = '00f067aa0ba902b7';
  assert.deepEqual(parseTraceparent(`00-${trace}-${span}-00`), {
    traceId: trace,
    spanId: span,
    sampled: false,
  });
  for (const text of [
    null,
    '',
    `01-${trace}-${span}-01`,
    `00-${trace.toUpperCase()}-${span}-01`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace}-${span}`,
  ]) {
    assert.equal(parseTraceparent(text), null, String(text));
  }
});
