import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { parseTraceparent } from '../tracing/traceparent.ts';
import { METRICS, type MetricDeclaration } from './catalogue.ts';
import type { Metrics } from './metrics.ts';

export interface PrometheusMetrics extends Metrics {
  readonly contentType: string;
  /** The OpenMetrics text of this moment, exemplars included. */
  scrape(): Promise<string>;
}

export interface PrometheusOptions {
  /** Stands on every sample. */
  readonly processName: string;
  /** Node's own numbers (memory, CPU, garbage collection) beside ours. @default false */
  readonly runtime?: boolean;
}

/** The catalogue as live metrics. Every metric is declared from the start; a gauge has a value once somebody has set it. */
export function prometheusMetrics(options: PrometheusOptions): PrometheusMetrics {
  const registry = new Registry();
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never);
  registry.setDefaultLabels({ process: options.processName });
  if (options.runtime === true) collectDefaultMetrics({ register: registry as unknown as Registry });

  const counters = new Map<string, Counter>();
  const gauges = new Map<string, Gauge>();
  const histograms = new Map<string, Histogram>();
  for (const [name, declaration] of Object.entries<MetricDeclaration>(METRICS)) {
    const shape = {
      name,
      help: declaration.help,
      labelNames: [...declaration.labels],
      registers: [registry],
    };
    if (declaration.type === 'counter') counters.set(name, new Counter(shape as never));
    else if (declaration.type === 'gauge') {
      const gauge = new Gauge(shape as never);
      // prom-client begins a gauge without labels at 0, which would be a reading nobody took.
      if (declaration.labels.length === 0) gauge.remove();
      gauges.set(name, gauge);
    } else {
      const buckets = [...(declaration.buckets ?? [])];
      histograms.set(name, new Histogram({ ...shape, buckets, enableExemplars: true } as never));
    }
  }
  const updates: (() => void)[] = [];

  return {
    contentType: registry.contentType,
    count: (name, labels, by = 1) => counters.get(name)?.inc(labels, by),
    set: (name, labels, value) => gauges.get(name)?.set(labels, value),
    observe(name, labels, value, traceparent) {
      const trace = parseTraceparent(traceparent);
      const exemplar = trace === null ? {} : { exemplarLabels: { traceID: trace.traceId } };
      histograms.get(name)?.observe({ labels, value, ...exemplar } as never);
    },
    beforeScrape: (update) => void updates.push(update),
    scrape() {
      for (const update of updates) update();
      return registry.metrics();
    },
  };
}
