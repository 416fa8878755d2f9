/** Quantiles of latencies in milliseconds, by nearest rank; no interpolation, so each is a value that occurred. */
export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly p999: number;
  readonly p9999: number;
  readonly max: number;
}

export function distribution(valuesMs: Float64Array | readonly number[]): Distribution {
  const sorted = Float64Array.from(valuesMs).sort();
  const at = (share: number): number => {
    const rank = Math.max(1, Math.ceil(sorted.length * share));
    return Math.round((sorted[rank - 1] ?? 0) * 1_000) / 1_000;
  };
  return {
    count: sorted.length,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    p999: at(0.999),
    p9999: at(0.9999),
    max: at(1),
  };
}
