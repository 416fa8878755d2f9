import { msFromNs, NS_PER_MS, NS_PER_SECOND, type Ns, rfc3339FromNs } from '@tapeclock/domain';
import type { Counts, FacilityOverview, Overview, Percentiles } from '../api/contract.ts';
import type { ProjectorHealth } from '../projector/projector.ts';
import { bucketTopMs, percentileMs } from '../read-model/latency-buckets.ts';
import { TOTALS } from '../read-model/projection/batch-rows.ts';
import { STAGES } from '../read-model/projection/stage-spans.ts';
import type { Histogram, Total } from '../read-model/queries/numbers.ts';
import type { ReadModelQueries } from '../read-model/queries/read-model-queries.ts';
import { facilityForecast } from './facility-forecast.ts';
import { sessionView } from './rows.ts';
import { epochMs, instant, spanMs } from './values.ts';

/** Rule 6282(a)(1). */
const WINDOW_MS = 10_000;
const OVER_S = 300;
const RATE_S = 10;
const AGE_BOUNDS_MS = [1_000, 2_500, 5_000, 8_000, 10_000] as const;
/** Percentiles and ages change slowly and cost the most; counts are told fresh each time. */
const SLOW_REFRESH_NS = 1n * NS_PER_SECOND;

type SlowPart = Pick<Overview, 'receivedPerSecond' | 'acceptedPerSecond' | 'used' | 'stages' | 'openByAge'>;

/** Makes overviews; keeps the costly part for a second. */
export function createOverview(
  queries: ReadModelQueries,
  health: () => ProjectorHealth,
  now: () => Ns,
): () => Promise<Overview> {
  let slow: { readonly atNs: Ns; readonly part: Promise<SlowPart> } | null = null;
  return async () => {
    const nowNs = now();
    if (slow === null || nowNs - slow.atNs >= SLOW_REFRESH_NS || nowNs < slow.atNs) {
      slow = { atNs: nowNs, part: slowPart(queries, nowNs) };
    }
    const [totals, sessions, forecasts, part] = await Promise.all([
      queries.totals(),
      queries.sessions(),
      queries.forecasts(),
      slow.part,
    ]);
    const counts = sumUp(totals);
    const { dataAsOfNs, lagNs, lagRecords, rebuilding } = health();
    const facilities = facilitiesOf(totals);
    for (const entry of facilities) {
      entry.forecast = facilityForecast(
        entry.facility,
        forecasts.filter(({ facility }) => facility === entry.facility),
      );
    }
    return {
      serverNow: rfc3339FromNs(nowNs),
      serverNowMs: msFromNs(nowNs),
      readModel: {
        dataAsOf: instant(dataAsOfNs),
        dataAsOfMs: epochMs(dataAsOfNs),
        lagMs: spanMs(lagNs),
        lagRecords,
        rebuilding,
      },
      counts,
      ...part,
      windowMs: WINDOW_MS,
      overMs: OVER_S * 1_000,
      inWindowRatio: counts.accepted === 0 ? null : (counts.accepted - counts.late) / counts.accepted,
      facilities,
      sessions: sessions.map(sessionView),
    };
  };
}

async function slowPart(queries: ReadModelQueries, nowNs: Ns): Promise<SlowPart> {
  const second = Number(nowNs / NS_PER_SECOND);
  const minute = second - (second % 60);
  const [recent, used, ages, ...stages] = await Promise.all([
    queries.series(second - RATE_S, second, 1),
    queries.histograms('total', second - OVER_S, second + 1, 1),
    queries.openYoungerThan(
      nowNs,
      AGE_BOUNDS_MS.map((ms) => BigInt(ms) * NS_PER_MS),
    ),
    ...STAGES.map((stage) => queries.histograms(stage, minute - OVER_S, minute + 60, 60)),
  ]);
  const all = ages.at(-1) ?? 0;
  return {
    receivedPerSecond: recent.reduce((sum, row) => sum + Number(row.received), 0) / RATE_S,
    acceptedPerSecond: recent.reduce((sum, row) => sum + Number(row.accepted), 0) / RATE_S,
    used: percentiles(used),
    stages: STAGES.map((stage, index) => ({ stage, ...percentiles(stages[index] ?? new Map()) })),
    openByAge: [0, ...AGE_BOUNDS_MS].map((fromMs, index) => {
      const below = index === 0 ? 0 : (ages[index - 1] ?? 0);
      const upTo = index < AGE_BOUNDS_MS.length ? (ages[index] ?? 0) : all;
      return { fromMs, toMs: AGE_BOUNDS_MS[index] ?? null, count: upTo - below };
    }),
  };
}

function percentiles(periods: ReadonlyMap<number, Histogram>): Percentiles {
  const all: Histogram = new Map();
  let count = 0;
  let highest: number | null = null;
  for (const histogram of periods.values()) {
    for (const [bucket, n] of histogram) {
      all.set(bucket, (all.get(bucket) ?? 0) + n);
      count += n;
      if (highest === null || bucket > highest) highest = bucket;
    }
  }
  return {
    count,
    p50Ms: percentileMs(all, 0.5),
    p90Ms: percentileMs(all, 0.9),
    p99Ms: percentileMs(all, 0.99),
    maxMs: highest === null ? null : bucketTopMs(highest),
  };
}

function sumUp(totals: readonly Total[]): Counts {
  const counts = Object.fromEntries(TOTALS.map((name) => [name, 0])) as unknown as Counts;
  for (const { name, n } of totals) counts[name as keyof Counts] += n;
  return counts;
}

function facilitiesOf(totals: readonly Total[]): FacilityOverview[] {
  const facilities = new Map<string, FacilityOverview>();
  for (const { name, facility, n } of totals) {
    if (facility === '') continue;
    const entry = facilities.get(facility) ?? {
      facility: facility as FacilityOverview['facility'],
      open: 0,
      accepted: 0,
      late: 0,
      rejected: 0,
      inDoubt: 0,
      held: 0,
      forecast: null,
    };
    if (name in entry && name !== 'facility' && name !== 'forecast') {
      entry[name as 'open'] = n;
    }
    facilities.set(facility, entry);
  }
  return [...facilities.values()].sort((a, b) => a.facility.localeCompare(b.facility));
}
