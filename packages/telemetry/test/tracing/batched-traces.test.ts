import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { virtualClock } from '@tapeclock/ports/virtual';
import { prometheusMetrics, silentMetrics, type TradeTrace } from '../../src/index.ts';
import { batchedTraces } from '../../src/tracing/batched-traces.ts';
import { sampleTrade } from './sample-trade.ts';

test('keeps every trade that matters and the sampled share of the others, sent later in batches', async () => {
  const clock = virtualClock();
  const batches: (readonly TradeTrace[])[] = [];
  const traces = batchedTraces({
    clock,
    metrics: silentMetrics,
    share: 0.5,
    send: async (batch) => void batches.push(batch),
  });
  traces.record(sampleTrade('ffffffff'));
  traces.record(sampleTrade('00000001'));
  traces.record(sampleTrade('ffffffff', 'rejected'));
  traces.record({ ...sampleTrade('1', 'late'), traceparent: null });
  assert.equal(batches.length, 0);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(
    batches.map((batch) => batch.map(({ outcome }) => outcome)),
    [['accepted', 'rejected']],
  );
});

test('a trade that was warned of or in doubt is sent once, when it is finished, and says what it was', async () => {
  const clock = virtualClock();
  const sent: TradeTrace[] = [];
  const traces = batchedTraces({
    clock,
    metrics: silentMetrics,
    share: 0,
    send: async (batch) => void sent.push(...batch),
  });
  traces.record(sampleTrade('1', 'warned'));
  traces.record(sampleTrade('2', 'inDoubt'));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(sent, []);
  traces.record(sampleTrade('1'));
  traces.record(sampleTrade('2', 'late'));
  traces.record(sampleTrade('1'));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(
    sent.map(({ outcome }) => outcome),
    ['warned', 'late'],
  );
});

test('a collector that is slow or dead costs bounded memory, and what is dropped is counted', async () => {
  const clock = virtualClock();
  const metrics = prometheusMetrics({ processName: 'hot' });
  const traces = batchedTraces({
    clock,
    metrics,
    share: 1,
    queueMax: 3,
    send: () => Promise.reject(new Error('refused')),
  });
  for (let i = 0; i < 5; i += 1) traces.record(sampleTrade('1'));
  await clock.advance(NS_PER_SECOND);
  const text = await metrics.scrape();
  assert.match(text, /tapeclock_traces_dropped_total\{cause="queue_full".*\} 2/);
  assert.match(text, /tapeclock_traces_dropped_total\{cause="export_failed".*\} 3/);
});
