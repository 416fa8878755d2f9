import assert from 'node:assert/strict';
import test from 'node:test';
import { distribution } from '../../src/account/distribution.ts';
import { failuresOf, type LoadResult, loadTargets } from '../../src/load/load-result.ts';
import { madeUpResult } from './made-up-result.ts';

const plain = { mustRefuse: false, answerP99MsMax: 100 };
const failures = (change: Partial<LoadResult>, scenario = plain) =>
  failuresOf(madeUpResult(change), scenario);
const { account, counts, pipeline } = madeUpResult();

test('a run in which all is accounted for does not fail, slow or not', () => {
  assert.deepEqual(failures({}), []);
  assert.deepEqual(failures({ scheduledToAnswerMs: distribution([9_000]) }), []);
});

test('a missing execution fails the run and is named', () => {
  const missing = Array.from({ length: 7 }, (_, index) => `R-${index}`);
  assert.deepEqual(failures({ account: { ...account!, missing } }), [
    '7 answered as taken and not on the log: R-0, R-1, R-2, R-3, R-4 and 2 more',
  ]);
});

test('an execution without a fate, one that was taken and never reported, an exception of verify: each fails', () => {
  assert.match(failures({ counts: { ...counts, pending: 1 } })[0] ?? '', /1 executions have no fate/);
  assert.match(
    failures({ pipeline: { ...pipeline!, accepted: 87 } })[0] ?? '',
    /87 accepted and 2 in repair/,
  );
  assert.deepEqual(failures({ pipeline: { ...pipeline!, exceptions: { ACCEPTED_TWICE: 3 } } }), [
    'verify: 3 ACCEPTED_TWICE',
  ]);
});

test('a burst that was not refused shows nothing, and a refusal must say when to come back', () => {
  const burst = { ...plain, mustRefuse: true };
  assert.deepEqual(failures({}, burst), []);
  assert.equal(failures({ counts: { ...counts, taken: 100, refused: 0 } }, burst).length, 1);
  assert.match(failures({ withoutRetryAfter: 2 })[0] ?? '', /2 refusals without Retry-After/);
});

test('a run that took nothing fails: a wrong key would account for all', () => {
  assert.match(failures({ counts: { ...counts, taken: 0, refused: 100 } })[0] ?? '', /nothing was taken/);
});

test('targets are told as met or missed, and only those that were measured', () => {
  const met = (change: Partial<LoadResult>) =>
    loadTargets(madeUpResult(change), plain).map((target) => target.met);
  assert.deepEqual(met({}), [true, true]);
  assert.deepEqual(met({ scheduledToAnswerMs: distribution([101]) }), [false, true]);
  assert.deepEqual(met({ pipeline: { ...pipeline!, breached: 1 } }), [true, false]);
  assert.deepEqual(met({ pipeline: null }), [true]);
});
