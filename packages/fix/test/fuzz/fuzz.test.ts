import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { FuzzFailure } from '../../fuzz/exercise.ts';
import { type FuzzCase, fuzz, replay } from '../../fuzz/fuzz.ts';
import { structured } from '../../fuzz/structured.ts';

const CASES = new URL('./cases/', import.meta.url);

test('a short run of the fuzzer breaks nothing, and most of its inputs get past the frame', () => {
  const result = fuzz(20_261_124, 20_000);
  assert.ok(!('text' in result), 'text' in result ? result.text : '');
  assert.ok(result.frames > result.inputs / 3, `${result.frames} of ${result.inputs}`);
});

test('conversations made by fast-check break nothing', () => {
  assert.equal(typeof structured(20_261_124, 300), 'number');
});

for (const name of existsSync(CASES) ? readdirSync(CASES) : []) {
  test(`what once failed does not any more: ${name}`, () => {
    const { options, steps } = JSON.parse(readFileSync(new URL(name, CASES), 'utf8')) as {
      options: FuzzCase['options'];
      steps: (string | number)[];
    };
    replay({
      options,
      steps: steps.map((step) => (typeof step === 'number' ? step : Buffer.from(step, 'base64'))),
    });
  });
}

test('a failure carries the input that brought it about', () => {
  const input = Uint8Array.of(1, 2);
  assert.equal(new FuzzFailure('x', input).input, input);
});
