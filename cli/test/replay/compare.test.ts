import assert from 'node:assert/strict';
import test from 'node:test';
import { compare } from '../../src/replay/compare.ts';

test('names each field that differs, and an execution that is decided on one side only', () => {
  const decided = { outcome: 'NEW ADF N1', dueAtNs: '5', clause: '6282(a)' };
  assert.deepEqual(compare('X1', decided, { ...decided }), []);
  assert.deepEqual(compare('X1', decided, { ...decided, dueAtNs: '6' }), [
    { executionId: 'X1', field: 'dueAtNs', before: '5', after: '6' },
  ]);
  assert.deepEqual(compare('X1', undefined, decided), [
    { executionId: 'X1', field: 'outcome', before: 'nothing', after: 'NEW ADF N1' },
  ]);
});
