import { resourceFromAttributes } from '@opentelemetry/resources';
import type { Clock } from '@tapeclock/ports';
import type { Metrics } from '../metrics/metrics.ts';
import { type BatchedTraces, batchedTraces } from './batched-traces.ts';
import { tradeSpans } from './trade-spans.ts';

export interface OtlpTracesOptions {
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Base address of the collector, e.g. `http://127.0.0.1:4318`; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly share: number;
  readonly processName: string;
  readonly version: string;
}

/**
 * Traces to an OpenTelemetry collector over OTLP/HTTP. The exporter is loaded here and not at the top: a process
 * that traces nothing neither loads nor starts any of it.
 */
export async function otlpTraces(
  options: OtlpTracesOptions,
): Promise<BatchedTraces & { shutdown(): Promise<void> }> {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http');
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/+$/, '')}/v1/traces` });
  const resource = resourceFromAttributes({
    'service.name': `tapeclock-${options.processName}`,
    'service.namespace': 'tapeclock',
    'service.version': options.version,
  });
  const traces = batchedTraces({
    clock: options.clock,
    metrics: options.metrics,
    share: options.share,
    send: (trades) =>
      new Promise((resolve, reject) => {
        exporter.export(
          trades.flatMap((trade) => tradeSpans(trade, resource)),
          (result) => (result.code === 0 ? resolve() : reject(result.error ?? new Error('export failed'))),
        );
      }),
  });
  return {
    ...traces,
    async shutdown() {
      await traces.flush();
      await exporter.shutdown();
    },
  };
}
