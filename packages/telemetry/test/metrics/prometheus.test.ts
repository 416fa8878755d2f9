import assert from 'node:assert/strict';
import test from 'node:test';
import { METRICS, prometheusMetrics } from '../../src/index.ts';

test('every metric of the catalogue is there from the start, in OpenMetrics text', async () => {
  const metrics = prometheusMetrics({ processName: 'hot' });
  const text = await metrics.scrape();
  for (const [name, { type }] of Object.entries(METRICS)) {
    assert.ok(text.includes(`# TYPE ${name.replace(/_total$/, '')} ${type}\n`), name);
  }
  assert.ok(text.endsWith('# EOF\n'));
  assert.match(metrics.contentType, /^application\/openmetrics-text/);
});

test('names follow the convention: counters end in _total, others in their unit', () => {
  for (const [name, { type, unit }] of Object.entries(METRICS)) {
    assert.match(name, /^tapeclock_[a-z_]+$/);
    assert.equal(name.endsWith('_total'), type === 'counter', name);
    if (unit !== '1') assert.ok(name.endsWith(`_${unit}`), name);
  }
});

test('a sample with a traceparent becomes an exemplar that leads to the trade', async () => {
  const metrics = prometheusMetrics({ processName: 'hot' });
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
  metrics.observe(
    'tapeclock_stage_duration_seconds',
    { stage: 'facility' },
    0.003,
    `00-${traceId}-00f067aa0ba902b7-01`,
  );
  metrics.observe('tapeclock_stage_duration_seconds', { stage: 'facility' }, 0.004);
  const text = await metrics.scrape();
  assert.match(text, new RegExp(`_bucket\\{.*stage="facility".*\\} 2 # \\{traceID="${traceId}"\\} 0.003`));
  assert.match(text, /tapeclock_stage_duration_seconds_count\{.*stage="facility".*\} 2/);
});

test('gauges that are asked for are asked before each scrape', async () => {
  const metrics = prometheusMetrics({ processName: 'hot' });
  let depth = 3;
  metrics.beforeScrape(() => metrics.set('tapeclock_queue_depth', { queue: 'send' }, depth));
  assert.match(await metrics.scrape(), /tapeclock_queue_depth\{queue="send",process="hot"\} 3/);
  depth = 5;
  assert.match(await metrics.scrape(), /tapeclock_queue_depth\{queue="send",process="hot"\} 5/);
});

test('a gauge that nobody has set has no value: an offset of 0 would say that the clock was compared', async () => {
  const metrics = prometheusMetrics({ processName: 'hot' });
  assert.doesNotMatch(await metrics.scrape(), /^tapeclock_clock_offset_seconds/m);
  metrics.set('tapeclock_clock_offset_seconds', {}, 0.001);
  assert.match(await metrics.scrape(), /^tapeclock_clock_offset_seconds\{process="hot"\} 0.001$/m);
});
