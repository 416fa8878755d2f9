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
export { silentTelemetry, type Telemetry } from './telemetry.ts';
export { newTraceparent, parseTraceparent, type TraceContext } from './tracing/traceparent.ts';
export { silentTraces, type TradeOutcome, type TradeTrace, type TradeTraces } from './tracing/trade-trace.ts';
