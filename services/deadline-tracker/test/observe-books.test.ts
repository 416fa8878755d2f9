import assert from 'node:assert/strict';
import test from 'node:test';
import { NO_STAMPS } from '@tapeclock/schemas';
import { prometheusMetrics } from '@tapeclock/telemetry';
import type { Obligation } from '../src/obligation/obligation.ts';
import { observeBooks } from '../src/obligation/observe-books.ts';
import { OpenBook } from '../src/obligation/open-book.ts';
import { SECOND, T0 } from './samples.ts';

const obligation = (executionId: string, startNs: bigint, stage: Obligation['stage']): Obligation => ({
  executionId,
  lineageId: executionId,
  revision: 0,
  reportId: executionId,
  facility: 'ADF',
  startNs,
  dueAtNs: startNs + 10n * SECOND,
  traceparent: null,
  stamps: NO_STAMPS,
  stage,
  holder: '',
  nextWarning: 0,
  breached: false,
  timer: null,
});

test('open obligations are counted by age and in doubt by facility, and no more once the partition has moved', async () => {
  const metrics = prometheusMetrics({ processName: 'watch' });
  const books = observeBooks(metrics, () => T0);
  const book = new OpenBook([50, 80]);
  for (const [name, seconds, stage] of [
    ['a', 1n, 'REPORTER'],
    ['b', 6n, 'IN_DOUBT'],
    ['c', 9n, 'IN_DOUBT'],
    ['d', 11n, 'FACILITY'],
  ] as const) {
    book.add(obligation(name, T0 - seconds * SECOND, stage));
  }
  books.add(book);
  const ages = async () =>
    [...(await metrics.scrape()).matchAll(/^tapeclock_obligations_open\{age="(\w+)".*\} (\d+)$/gm)].map(
      ([, age, count]) => `${age} ${count}`,
    );
  assert.deepEqual(await ages(), ['under_50 1', 'under_80 1', 'under_100 1', 'breached 1']);
  assert.match(await metrics.scrape(), /tapeclock_reports_in_doubt\{facility="ADF",process="watch"\} 2\n/);
  books.remove(book);
  assert.deepEqual(await ages(), ['under_50 0', 'under_80 0', 'under_100 0', 'breached 0']);
});
