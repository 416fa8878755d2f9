import type { Clock } from '@tapeclock/ports';
import { watchEventLoop } from './metrics/event-loop-lag.ts';
import { type PrometheusMetrics, prometheusMetrics } from './metrics/prometheus.ts';
import { type LogLevel, type ProcessLogger, pinoLogger } from './pino-logger.ts';
import type { Telemetry } from './telemetry.ts';
import { otlpTraces } from './tracing/otlp-traces.ts';
import { silentTraces } from './tracing/trade-trace.ts';

export interface ProcessTelemetryOptions {
  readonly clock: Clock;
  readonly processName: string;
  readonly version: string;
  readonly logLevel: LogLevel;
  /** OTEL_EXPORTER_OTLP_ENDPOINT; null traces nothing. */
  readonly otlpEndpoint: string | null;
  readonly traceShare: number;
}

export interface ProcessTelemetry extends Telemetry {
  readonly logger: ProcessLogger;
  readonly metrics: PrometheusMetrics;
  /** Sends and writes what is pending. */
  stop(): Promise<void>;
}

/** The telemetry of a real process: pino to standard output, Prometheus metrics, traces where a collector is named. */
export async function processTelemetry(options: ProcessTelemetryOptions): Promise<ProcessTelemetry> {
  const { clock, processName, version, otlpEndpoint } = options;
  const logger = pinoLogger({ clock, processName, level: options.logLevel });
  const metrics = prometheusMetrics({ processName, runtime: true });
  metrics.set('tapeclock_build_info', { version, node: process.version, process: processName }, 1);
  const stopWatching = watchEventLoop(metrics);
  const otlp =
    otlpEndpoint === null
      ? null
      : await otlpTraces({
          clock,
          metrics,
          endpoint: otlpEndpoint,
          share: options.traceShare,
          processName,
          version,
        });
  return {
    logger,
    metrics,
    traces: otlp ?? silentTraces,
    async stop() {
      stopWatching();
      await otlp?.shutdown();
      logger.flush();
    },
  };
}
