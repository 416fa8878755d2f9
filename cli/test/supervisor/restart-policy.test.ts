import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { restartDelayNs } from '../../src/supervisor/restart-policy.ts';

const quick = NS_PER_SECOND;
const long = 60n * NS_PER_SECOND;

test('a dead process is started again at once, four quick deaths in a row included', () => {
  assert.equal(restartDelayNs([long]), 0n);
  assert.equal(restartDelayNs([quick, quick, quick, quick]), 0n);
});

test('from the fifth quick death on it waits longer each time, up to ten seconds', () => {
  const delays = [5, 6, 7, 30].map((deaths) => restartDelayNs(Array.from({ length: deaths }, () => quick)));
  assert.deepEqual(delays, [250n * NS_PER_MS, 500n * NS_PER_MS, 1000n * NS_PER_MS, 10n * NS_PER_SECOND]);
});

test('one life that was long enough makes it start afresh', () => {
  assert.equal(restartDelayNs([quick, quick, quick, quick, quick, quick, long, quick]), 0n);
});
