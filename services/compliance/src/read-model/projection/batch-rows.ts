import type { Entities, EntityName, SeriesCounter } from '../tables.ts';

/** Loads a row by its key; null where there is none. */
export type LoadRow = <Name extends EntityName>(table: Name, key: string) => Entities[Name] | null;

export const TOTALS = [
  'received',
  'reportable',
  'notReportable',
  'accepted',
  'late',
  'rejected',
  'breached',
  'open',
  'inDoubt',
  'held',
  'repairsOpen',
  'alertsRaised',
  'deadLetters',
] as const;
export type TotalName = (typeof TOTALS)[number];

/**
 * Everything one batch changes. Rows are loaded once, changed in memory and written once, however many events of
 * the batch concern them: in steady state a trade's whole life falls into two or three batches.
 */
export class BatchRows {
  readonly rows: { readonly [Name in EntityName]: Map<string, Entities[Name]> } = {
    trades: new Map(),
    repairs: new Map(),
    alerts: new Map(),
    sessions: new Map(),
    forecasts: new Map(),
    cat_files: new Map(),
    cat_feedback: new Map(),
    dead_letters: new Map(),
    desk_actions: new Map(),
  };
  /** Rows as they were before this batch: what has not changed need not be written, nor its indexes. */
  readonly before: { readonly [Name in EntityName]: Map<string, Entities[Name]> } = {
    trades: new Map(),
    repairs: new Map(),
    alerts: new Map(),
    sessions: new Map(),
    forecasts: new Map(),
    cat_files: new Map(),
    cat_feedback: new Map(),
    dead_letters: new Map(),
    desk_actions: new Map(),
  };
  readonly catLinks: { readonly executionId: string; readonly fileName: string }[] = [];
  /** `name|facility` → change. */
  readonly totals = new Map<string, bigint>();
  readonly series = new Map<bigint, Map<SeriesCounter, bigint>>();
  /** `stage|second|bucket` → change. */
  readonly latency = new Map<string, bigint>();
  /** Executions that owed a report before this batch. */
  readonly wasOpen = new Set<string>();
  /** Reports that were or are in doubt or held. */
  readonly inDoubt = new Set<string>();
  readonly #load: LoadRow;

  constructor(load: LoadRow) {
    this.#load = load;
  }

  /** The row as this batch has it so far; a row got here is written back at the end. */
  get<Name extends EntityName>(table: Name, key: string): Entities[Name] | null {
    const rows = this.rows[table] as Map<string, Entities[Name]>;
    const known = rows.get(key);
    if (known !== undefined) return known;
    const loaded = this.#load(table, key);
    if (loaded === null) return null;
    rows.set(key, loaded);
    (this.before[table] as Map<string, Entities[Name]>).set(key, { ...loaded });
    return loaded;
  }

  put<Name extends EntityName>(table: Name, key: string, row: Entities[Name]): void {
    (this.rows[table] as Map<string, Entities[Name]>).set(key, row);
  }

  total(name: TotalName, facility: string | null, by: bigint): void {
    if (by === 0n) return;
    const key = `${name}|${facility ?? ''}`;
    this.totals.set(key, (this.totals.get(key) ?? 0n) + by);
  }

  count(name: SeriesCounter, atSecond: bigint): void {
    let counters = this.series.get(atSecond);
    if (counters === undefined) {
      counters = new Map();
      this.series.set(atSecond, counters);
    }
    counters.set(name, (counters.get(name) ?? 0n) + 1n);
  }

  spend(stage: string, atSecond: bigint, bucket: number): void {
    const key = `${stage}|${atSecond}|${bucket}`;
    this.latency.set(key, (this.latency.get(key) ?? 0n) + 1n);
  }
}
