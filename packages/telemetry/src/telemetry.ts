import { type Logger, silentLogger } from './logger.ts';
import { type Metrics, silentMetrics } from './metrics/metrics.ts';
import { silentTraces, type TradeTraces } from './tracing/trade-trace.ts';

/** How a service makes itself seen. All of it may be silent; no decision may depend on it. */
export interface Telemetry {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly traces: TradeTraces;
}

/** For the simulation and tests. */
export const silentTelemetry: Telemetry = {
  logger: silentLogger,
  metrics: silentMetrics,
  traces: silentTraces,
};
