import assert from 'node:assert/strict';
import test from 'node:test';
import { samplesOf } from '../../../drills/scene/metrics.ts';

test('samples of one metric are read with their labels, those of longer names and exemplars left aside', () => {
  const text = [
    '# HELP tapeclock_fix_session_up 1 while the FIX session is logged on',
    'tapeclock_fix_session_up{session="TAPE1-ADF->FNRA/ADF",role="facility",process="watch"} 0',
    'tapeclock_fix_session_up_total{role="facility"} 5',
    'tapeclock_up 1 # {traceID="abc"} 0.5',
  ].join('\n');
  assert.deepEqual(samplesOf(text, 'tapeclock_fix_session_up'), [
    { labels: { session: 'TAPE1-ADF->FNRA/ADF', role: 'facility', process: 'watch' }, value: 0 },
  ]);
  assert.deepEqual(samplesOf(text, 'tapeclock_up'), [{ labels: {}, value: 1 }]);
});
