import assert from 'node:assert/strict';
import test from 'node:test';
import { parsePattern } from '../../src/patterns/pattern.ts';

const GOOD = {
  name: 'late-streak',
  sentence: 'Late.',
  fact: 'acceptance',
  where: { late: true },
  per: ['desk'],
  window: { kind: 'sliding', seconds: 300, everySeconds: 10 },
  measure: { kind: 'streak', atLeast: 5 },
  severity: 'warning',
  text: 'late',
  runbook: 'runbooks/late-streak.md',
};

test('a mistake in a pattern is refused with its name and place', () => {
  assert.equal(parsePattern(GOOD).name, 'late-streak');
  for (const [change, message] of [
    [{ fact: 'accepted' }, /pattern late-streak: fact must be one of message,/],
    [{ where: { lagUs: 5 } }, /where\.lagUs must be \[from, to\]/],
    [{ where: { slow: true } }, /where\.slow is none of late,/],
    [{ per: [] }, /per must list/],
    [{ window: { kind: 'sliding', seconds: 300, everySeconds: 7 } }, /window\.seconds must be a multiple/],
    [{ window: { kind: 'session', gapSeconds: 5 } }, /goes with the measure silence/],
    [{ measure: { kind: 'count', atLeast: 0 } }, /measure\.atLeast must be a whole number above 0/],
    [{ measure: { kind: 'count', atLeast: 1, percent: 5 } }, /measure\.percent is none of/],
    [{ hours: { from: '16:00', to: '09:30' } }, /hours\.to must be later/],
    [{ severety: 'info' }, /severety is none of/],
    [{ window: null }, /window\. must be an object/],
  ] as const)
    assert.throws(() => parsePattern({ ...GOOD, ...change }), message);
});
