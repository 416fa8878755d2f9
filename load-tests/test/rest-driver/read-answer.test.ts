import assert from 'node:assert/strict';
import test from 'node:test';
import { type Answer, fatesFrom, readAnswer } from '../../src/rest-driver/read-answer.ts';

const answer = (status: number, body: unknown, retryAfter: string | null = null): Answer => ({
  status,
  retryAfter,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test('202 of one execution is taken, also when it was a duplicate', () => {
  for (const status of ['accepted', 'duplicate']) {
    assert.deepEqual(readAnswer('single', 1, answer(202, { executionId: 'A', status })).fates, ['taken']);
  }
});

test('429 and 503 are refusals for now, with when to come back', () => {
  const limited = readAnswer('single', 1, answer(429, { code: 'RATE_LIMITED' }, '2'));
  assert.deepEqual(limited, {
    fates: ['refused'],
    isTemporary: true,
    retryAfterSeconds: 2,
    label: '429 RATE_LIMITED',
  });
  assert.equal(readAnswer('single', 1, answer(503, { code: 'OVERLOADED' })).retryAfterSeconds, null);
  assert.equal(readAnswer('single', 1, answer(503, {}, 'soon')).retryAfterSeconds, null);
});

test('500 and what cannot be read say nothing of what became of it', () => {
  assert.deepEqual(readAnswer('single', 1, answer(500, { code: 'INTERNAL' })).fates, ['unknown']);
  assert.deepEqual(readAnswer('batch', 2, answer(502, '<html>')).fates, ['unknown', 'unknown']);
  assert.deepEqual(readAnswer('upload', 2, answer(202, 'cut off')).fates, ['unknown', 'unknown']);
});

test('a batch is read record by record; a record without a result is not guessed', () => {
  const results = [
    { index: 0, status: 'accepted' },
    { index: 2, status: 'refused' },
    { index: 3, status: 'conflict' },
  ];
  assert.deepEqual(readAnswer('batch', 4, answer(202, { results })).fates, [
    'taken',
    'unknown',
    'refused',
    'refused',
  ]);
  assert.deepEqual(readAnswer('batch', 2, answer(503, { code: 'OVERLOADED' }, '1')).fates, [
    'refused',
    'refused',
  ]);
});

test('an upload that was taken whole lists only what was not', () => {
  const body = { records: 3, results: [{ index: 1, status: 'refused' }] };
  assert.deepEqual(readAnswer('upload', 3, answer(202, body)).fates, ['taken', 'refused', 'taken']);
});

test('an upload stopped in the middle was taken up to there', () => {
  const stopped = { code: 'RATE_LIMITED', taken: { records: 2, refused: 0, conflict: 0 } };
  assert.deepEqual(readAnswer('upload', 4, answer(429, stopped, '1')).fates, [
    'taken',
    'taken',
    'refused',
    'refused',
  ]);
});

test('after a try without an answer, a refusal for now leaves the doubt, and a clear answer ends it', () => {
  const refusal = readAnswer('single', 1, answer(429, { code: 'RATE_LIMITED' }, '1'));
  assert.deepEqual(fatesFrom(refusal, false), ['refused']);
  assert.equal(fatesFrom(refusal, true), null);
  const duplicate = readAnswer('single', 1, answer(202, { status: 'duplicate' }));
  assert.deepEqual(fatesFrom(duplicate, true), ['taken']);
  assert.equal(fatesFrom(readAnswer('single', 1, answer(500, {})), false), null);
});
