import type { CounterName, GaugeName, HistogramName, LabelsOf } from './catalogue.ts';

/**
 * Numbers about the process, by the names in the catalogue. Label values must come from a small fixed set
 * (facility, stage, session), never from a trade: each combination is kept for the life of the process.
 * `traceparent` makes the sample an exemplar, so that a dashboard leads from a bucket to one trade.
 */
export interface Metrics {
  count<Name extends CounterName>(name: Name, labels: LabelsOf<Name>, by?: number): void;
  set<Name extends GaugeName>(name: Name, labels: LabelsOf<Name>, value: number): void;
  observe<Name extends HistogramName>(
    name: Name,
    labels: LabelsOf<Name>,
    value: number,
    traceparent?: string | null,
  ): void;
  /** Calls `update` before each scrape, for gauges that are cheaper to ask for than to keep. */
  beforeScrape(update: () => void): void;
}

/** Counts nothing: for the simulation and tests. */
export const silentMetrics: Metrics = {
  count() {},
  set() {},
  observe() {},
  beforeScrape() {},
};
