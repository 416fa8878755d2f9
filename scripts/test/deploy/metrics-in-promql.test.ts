import assert from 'node:assert/strict';
import test from 'node:test';
import { metricFaults } from './metrics-in-promql.ts';

const CATALOGUE = {
  tapeclock_reports_total: { type: 'counter', unit: '1', labels: ['facility', 'outcome'], help: '' },
  tapeclock_stage_seconds: { type: 'histogram', unit: 'seconds', labels: ['stage'], buckets: [1], help: '' },
} as const;
const faults = (expr: string) => metricFaults(expr, CATALOGUE, new Set(['tapeclock:ratio']));

test('metrics, their labels, parts of histograms and recorded names are known', () => {
  for (const expr of [
    'sum by (facility) (rate(tapeclock_reports_total{outcome=~"in_window|late", process="watch"}[5m]))',
    'histogram_quantile(0.99, rate(tapeclock_stage_seconds_bucket{le="1", stage!="tapeclock_nothing{"}[1m]))',
    'tapeclock:ratio < 0.99 and up == 1',
  ]) {
    assert.deepEqual(faults(expr), [], expr);
  }
});

test('a metric that is not there, a label it has not, and a histogram as a whole are found', () => {
  assert.deepEqual(faults('tapeclock_report_total > 0'), ['there is no metric tapeclock_report_total']);
  assert.deepEqual(faults('tapeclock_reports_total{session="A"}'), [
    'tapeclock_reports_total has no label session',
  ]);
  assert.deepEqual(faults('tapeclock_stage_seconds > 1'), [
    'tapeclock_stage_seconds: ask for _bucket, _sum or _count',
  ]);
  assert.deepEqual(faults('tapeclock_reports_total_bucket'), [
    'tapeclock_reports_total_bucket: it is no histogram',
  ]);
  assert.deepEqual(faults('tapeclock:other'), ['there is no metric tapeclock:other']);
});
