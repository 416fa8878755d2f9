import { type Static, Type } from 'typebox';
import { SessionView } from './operations.ts';
import { Count, DurationMs, EpochMs, FacilityName, Instant, Nullable, OneOf } from './scalars.ts';

/** Running totals since the read model's first record, and what stands open now. */
export const Counts = Type.Object({
  received: Count,
  reportable: Count,
  notReportable: Count,
  accepted: Count,
  late: Count,
  rejected: Count,
  breached: Count,
  open: Count,
  inDoubt: Count,
  held: Count,
  repairsOpen: Count,
  alertsRaised: Count,
  deadLetters: Count,
});
export type Counts = Static<typeof Counts>;

/** Of `usedMs` (time of the window that was used up to acceptance) or of one stage, over the last `overMs`; buckets are 3 % wide. */
export const Percentiles = Type.Object({
  count: Count,
  p50Ms: Nullable(DurationMs),
  p90Ms: Nullable(DurationMs),
  p99Ms: Nullable(DurationMs),
  maxMs: Nullable(DurationMs),
});
export type Percentiles = Static<typeof Percentiles>;

export const OpenByAge = Type.Object({
  fromMs: DurationMs,
  toMs: Nullable(DurationMs),
  count: Count,
});

export const Forecast = Type.Object({
  facility: FacilityName,
  open: Count,
  servicePerSecond: Type.Number(),
  breachInMs: Nullable(DurationMs),
  nearestDueAtMs: Nullable(EpochMs),
  at: Instant,
});
export type Forecast = Static<typeof Forecast>;

export const FacilityOverview = Type.Object({
  facility: FacilityName,
  open: Count,
  accepted: Count,
  late: Count,
  rejected: Count,
  inDoubt: Count,
  held: Count,
  forecast: Nullable(Forecast),
});
export type FacilityOverview = Static<typeof FacilityOverview>;

/** How far the board is behind the log. */
export const ReadModelHealth = Type.Object({
  dataAsOf: Nullable(Instant),
  dataAsOfMs: Nullable(EpochMs),
  lagMs: Type.Number({ description: 'Age of the oldest record not shown yet; 0 when there is none' }),
  lagRecords: Count,
  rebuilding: Type.Boolean(),
});
export type ReadModelHealth = Static<typeof ReadModelHealth>;

export const Overview = Type.Object({
  serverNow: Instant,
  serverNowMs: EpochMs,
  readModel: ReadModelHealth,
  counts: Counts,
  receivedPerSecond: Type.Number({ description: 'Mean of the last 10 s' }),
  acceptedPerSecond: Type.Number({ description: 'Mean of the last 10 s' }),
  windowMs: Type.Integer({ description: 'The 10 s of Rule 6282' }),
  overMs: Type.Integer({ description: 'Percentiles and ratio look back this far' }),
  used: Percentiles,
  stages: Type.Array(Type.Object({ stage: Type.String(), ...Percentiles.properties })),
  inWindowRatio: Nullable(Type.Number({ minimum: 0, maximum: 1 })),
  openByAge: Type.Array(OpenByAge),
  facilities: Type.Array(FacilityOverview),
  sessions: Type.Array(SessionView),
});
export type Overview = Static<typeof Overview>;

export const SeriesQuery = Type.Object(
  {
    resolution: Type.Optional(OneOf(['second', 'minute'])),
    points: Type.Optional(Type.Integer({ minimum: 1, maximum: 900, default: 300 })),
  },
  { additionalProperties: false },
);
export type SeriesQuery = Static<typeof SeriesQuery>;

/** Counters of one second or minute, by the event's own time of recording. Empty ones are present with zeros. */
export const SeriesPoint = Type.Object({
  atMs: EpochMs,
  received: Count,
  accepted: Count,
  late: Count,
  rejected: Count,
  breached: Count,
  repairs: Count,
  p50Ms: Nullable(DurationMs),
  p99Ms: Nullable(DurationMs),
});
export type SeriesPoint = Static<typeof SeriesPoint>;
export const Series = Type.Object({
  resolution: OneOf(['second', 'minute']),
  points: Type.Array(SeriesPoint),
  serverNowMs: EpochMs,
});
export type Series = Static<typeof Series>;
