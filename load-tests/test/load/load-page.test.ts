import assert from 'node:assert/strict';
import test from 'node:test';
import { distribution } from '../../src/account/distribution.ts';
import { loadPage } from '../../src/load/load-page.ts';
import { madeUpResult } from './made-up-result.ts';

const judged = { about: 'about it', failures: [], targets: [] };

test('the page has machine, commit, settings and the whole account', () => {
  const page = loadPage(madeUpResult(), judged);
  assert.match(page, /Made-up CPU, 2 cores, 8 GiB/);
  assert.match(page, /abcdef012345 with changes/);
  assert.match(page, /rate 10\/s, 10 s, 1 in a request, 0 boards, seed 1/);
  assert.ok(page.split('\n').includes('| 100 | 90 | 10 | 0 | 0 | 0 |'));
  assert.match(page, /0 missing, 0 there twice/);
  assert.match(page, /202 × 90, 429 RATE_LIMITED × 10/);
  assert.match(page, /Verify: clean/);
});

test('what has no answer is listed with what the log says of it', () => {
  const { account } = madeUpResult();
  const page = loadPage(
    madeUpResult({ account: { ...account!, unknownOnLog: ['R-1'], unknownNotOnLog: ['R-2'] } }),
    judged,
  );
  assert.ok(page.includes('- unknown: R-1, on the log\n- unknown: R-2, not on the log'));
});

test('a stretch that was not measured is a dash; an account without a log says so; failures stand at the end', () => {
  const page = loadPage(
    madeUpResult({ account: null, pipeline: null, scheduledToRefusalMs: distribution([]) }),
    { ...judged, failures: ['3 missing'] },
  );
  assert.match(page, /\| scheduled instant → refused \| – \| – \| – \| – \| – \| – \|/);
  assert.match(page, /Not held against the log/);
  assert.match(page, /NOT ACCOUNTED FOR:\n- 3 missing/);
});
