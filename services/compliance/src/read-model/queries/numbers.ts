import type { Ns } from '@tapeclock/domain';
import type { Kysely } from 'kysely';
import type { ForecastRecord, ReadModelTables, SeriesRecord, SessionRecord } from '../tables.ts';

type Database = Kysely<ReadModelTables>;

export interface Total {
  readonly name: string;
  readonly facility: string;
  readonly n: number;
}

export async function totals(database: Database): Promise<readonly Total[]> {
  const rows = await database.selectFrom('totals').selectAll().execute();
  return rows.map((row) => ({ name: row.name, facility: row.facility, n: Number(row.n) }));
}

/** Counters of the seconds `from` (inclusive) to `to` (exclusive), grouped by `step` seconds. */
export async function series(
  database: Database,
  from: number,
  to: number,
  step: number,
): Promise<readonly SeriesRecord[]> {
  const rows = await database
    .selectFrom('series')
    .selectAll()
    .where('at_s', '>=', BigInt(from))
    .where('at_s', '<', BigInt(to))
    .orderBy('at_s')
    .execute();
  if (step === 1) return rows;
  const grouped = new Map<bigint, SeriesRecord>();
  const width = BigInt(step);
  for (const row of rows) {
    const at = row.at_s - (row.at_s % width);
    const sum = grouped.get(at) ?? {
      ...row,
      at_s: at,
      received: 0n,
      accepted: 0n,
      late: 0n,
      rejected: 0n,
      breached: 0n,
      repairs: 0n,
    };
    sum.received += row.received;
    sum.accepted += row.accepted;
    sum.late += row.late;
    sum.rejected += row.rejected;
    sum.breached += row.breached;
    sum.repairs += row.repairs;
    grouped.set(at, sum);
  }
  return [...grouped.values()];
}

export type Histogram = Map<number, number>;

/** Histograms of one stage by start of period, seconds `from` to `to`, grouped by `step` seconds. */
export async function histograms(
  database: Database,
  stage: string,
  from: number,
  to: number,
  step: number,
): Promise<ReadonlyMap<number, Histogram>> {
  const rows = await database
    .selectFrom('latency')
    .select(['at_s', 'bucket', 'n'])
    .where('stage', '=', stage)
    .where('at_s', '>=', BigInt(from))
    .where('at_s', '<', BigInt(to))
    .execute();
  const found = new Map<number, Histogram>();
  for (const row of rows) {
    const second = Number(row.at_s);
    const at = second - (second % step);
    let histogram = found.get(at);
    if (histogram === undefined) {
      histogram = new Map();
      found.set(at, histogram);
    }
    const bucket = Number(row.bucket);
    histogram.set(bucket, (histogram.get(bucket) ?? 0) + Number(row.n));
  }
  return found;
}

/** How many open obligations are younger than each bound; bounds ascend. The last count is of all. */
export async function openYoungerThan(
  database: Database,
  nowNs: Ns,
  boundsNs: readonly Ns[],
): Promise<readonly number[]> {
  const row = await database
    .selectFrom('trades')
    .where('open', '=', 1n)
    .select((e) => [
      e.fn.countAll<bigint>().as('all'),
      ...boundsNs.map((bound, index) =>
        e.fn
          .sum<bigint | null>(
            e
              .case()
              .when('executed_ns', '>', nowNs - bound)
              .then(1n)
              .else(0n)
              .end(),
          )
          .as(`b${index}`),
      ),
    ])
    .executeTakeFirst();
  const counts = (row ?? {}) as Readonly<Record<string, bigint | null>>;
  return [...boundsNs.map((_, index) => Number(counts[`b${index}`] ?? 0)), Number(counts.all ?? 0)];
}

export async function sessions(database: Database): Promise<readonly SessionRecord[]> {
  return database.selectFrom('sessions').selectAll().orderBy('role').orderBy('session_id').execute();
}

export async function forecasts(database: Database): Promise<readonly ForecastRecord[]> {
  return database.selectFrom('forecasts').selectAll().orderBy('lane').execute();
}
