import assert from 'node:assert/strict';
import test from 'node:test';
import { loadRulebook } from '@tapeclock/service';
import { writeReport } from '../../src/shell/report-writer.ts';
import { PROFILES } from '../../src/wire/profiles.ts';
import { CoreBench } from '../support/core-bench.ts';
import { reportIdFor, SECOND, T0, trade } from '../support/samples.ts';

const rulebook = await loadRulebook(new URL('../../../../rulebook', import.meta.url).pathname);

test('marks are those of the moment of sending: the late ones from the deadline on', () => {
  const bench = new CoreBench();
  bench.trade(trade('a'));
  const marksAt = (nowNs: bigint) => {
    const moment = { nowNs, steadyNs: nowNs, clockOffsetNs: null };
    const written = writeReport(bench.report(reportIdFor('a')), null, rulebook, PROFILES, moment);
    return 'issue' in written
      ? written.issue.code
      : written.message.fields.find(([tag]) => tag === 22003)?.[1];
  };
  assert.equal(marksAt(T0 + 10n * SECOND), undefined);
  assert.equal(marksAt(T0 + 10n * SECOND + 1n), 'Z');
});
