export { type LogFields, type Logger, SENSITIVE_FIELDS, silentLogger } from './logger.ts';
export {
  type CounterName,
  type GaugeName,
  type HistogramName,
  type LabelsOf,
  METRICS,
  type MetricDeclaration,
  type MetricName,
} from './metrics/catalogue.ts';
export { type Metrics, silentMetrics } from './metrics/metrics.ts';
export { type PrometheusMetrics, prometheusMetrics } from './metrics/prometheus.ts';
export { errorFields, LOG_LEVELS, type LogLevel, type ProcessLogger, pinoLogger } from './pino-logger.ts';
export { type ProcessTelemetry, processTelemetry } from './process-telemetry.ts';
export { silentTelemetry, type Telemetry } from './telemetry.ts';
export { STAGES, type Stage, type StageTime, stageTimes } from './tracing/stages.ts';
export { newTraceparent, parseTraceparent, type TraceContext } from './tracing/traceparent.ts';
export { silentTraces, type TradeOutcome, type TradeTrace, type TradeTraces } from './tracing/trade-trace.ts';
