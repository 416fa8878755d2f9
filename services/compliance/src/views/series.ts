import { msFromNs, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Series, SeriesQuery } from '../api/contract.ts';
import { percentileMs } from '../read-model/latency-buckets.ts';
import type { ReadModelQueries } from '../read-model/queries/read-model-queries.ts';

/** The last `points` whole seconds or minutes, the running one included; gaps are filled with zeros. */
export async function seriesView(queries: ReadModelQueries, query: SeriesQuery, nowNs: Ns): Promise<Series> {
  const resolution = query.resolution ?? 'second';
  const step = resolution === 'second' ? 1 : 60;
  const second = Number(nowNs / NS_PER_SECOND);
  const last = second - (second % step);
  const from = last - ((query.points ?? 300) - 1) * step;
  const [rows, used] = await Promise.all([
    queries.series(from, last + step, step),
    queries.histograms('total', from, last + step, step),
  ]);
  const byStart = new Map(rows.map((row) => [Number(row.at_s), row]));
  const points: Series['points'] = [];
  for (let at = from; at <= last; at += step) {
    const row = byStart.get(at);
    const histogram = used.get(at) ?? new Map();
    points.push({
      atMs: at * 1_000,
      received: Number(row?.received ?? 0),
      accepted: Number(row?.accepted ?? 0),
      late: Number(row?.late ?? 0),
      rejected: Number(row?.rejected ?? 0),
      breached: Number(row?.breached ?? 0),
      repairs: Number(row?.repairs ?? 0),
      p50Ms: percentileMs(histogram, 0.5),
      p99Ms: percentileMs(histogram, 0.99),
    });
  }
  return { resolution, points, serverNowMs: msFromNs(nowNs) };
}
