import type { Ns } from '@tapeclock/domain';
import type { Kysely } from 'kysely';
import type {
  AlertsQuery,
  CatFilesQuery,
  InDoubtQuery,
  LateQuery,
  ObligationsQuery,
  RepairsQuery,
  TradesQuery,
} from '../../api/contract.ts';
import type { TradeRecord } from '../projection/trade-record.ts';
import type {
  AlertRecord,
  DeadLetterRecord,
  DeskActionRecord,
  EventRecord,
  ForecastRecord,
  ReadModelTables,
  RepairRecord,
  SeriesRecord,
  SessionRecord,
} from '../tables.ts';
import { listInDoubt, listLate, listObligations } from './list-open.ts';
import {
  type CatFileWithFeedback,
  catFilesOf,
  listAlerts,
  listCatFiles,
  listDeadLetters,
  listDeskActions,
  listRepairs,
} from './list-rows.ts';
import { listTrades, type PageOf } from './list-trades.ts';
import {
  forecasts,
  type Histogram,
  histograms,
  openYoungerThan,
  series,
  sessions,
  type Total,
  totals,
} from './numbers.ts';

interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Everything the API asks. Lists throw `CursorError` on a cursor that is not ours. */
export interface ReadModelQueries {
  trades(query: TradesQuery): Promise<PageOf<TradeRecord>>;
  obligations(query: ObligationsQuery): Promise<PageOf<TradeRecord>>;
  late(query: LateQuery): Promise<PageOf<TradeRecord>>;
  inDoubt(query: InDoubtQuery): Promise<PageOf<TradeRecord>>;
  repairs(query: RepairsQuery): Promise<PageOf<RepairRecord>>;
  alerts(query: AlertsQuery): Promise<PageOf<AlertRecord>>;
  deadLetters(query: Paging): Promise<PageOf<DeadLetterRecord>>;
  deskActions(query: Paging): Promise<PageOf<DeskActionRecord>>;
  catFiles(query: CatFilesQuery): Promise<PageOf<CatFileWithFeedback>>;
  catFilesOf(executionId: string): Promise<readonly CatFileWithFeedback[]>;
  trade(executionId: string): Promise<TradeRecord | null>;
  tradeOfReport(reportId: string): Promise<TradeRecord | null>;
  /** Every execution and revision of a chain, oldest first. */
  lineage(lineageId: string): Promise<readonly TradeRecord[]>;
  /** Every event of a chain as logged, oldest first. */
  events(lineageId: string): Promise<readonly EventRecord[]>;
  repair(repairId: string): Promise<RepairRecord | null>;
  repairsOfLineage(lineageId: string): Promise<readonly RepairRecord[]>;
  alert(alertId: string): Promise<AlertRecord | null>;
  /** Latest human act on each subject. */
  latestActs(subjects: readonly string[]): Promise<ReadonlyMap<string, DeskActionRecord>>;
  totals(): Promise<readonly Total[]>;
  series(from: number, to: number, step: number): Promise<readonly SeriesRecord[]>;
  histograms(stage: string, from: number, to: number, step: number): Promise<ReadonlyMap<number, Histogram>>;
  openYoungerThan(nowNs: Ns, boundsNs: readonly Ns[]): Promise<readonly number[]>;
  sessions(): Promise<readonly SessionRecord[]>;
  forecasts(): Promise<readonly ForecastRecord[]>;
}

export function createQueries(database: Kysely<ReadModelTables>): ReadModelQueries {
  return {
    trades: (query) => listTrades(database, query),
    obligations: (query) => listObligations(database, query),
    late: (query) => listLate(database, query),
    inDoubt: (query) => listInDoubt(database, query),
    repairs: (query) => listRepairs(database, query),
    alerts: (query) => listAlerts(database, query),
    deadLetters: (query) => listDeadLetters(database, query),
    deskActions: (query) => listDeskActions(database, query),
    catFiles: (query) => listCatFiles(database, query),
    catFilesOf: (executionId) => catFilesOf(database, executionId),
    trade: async (id) =>
      (await database.selectFrom('trades').selectAll().where('execution_id', '=', id).executeTakeFirst()) ??
      null,
    tradeOfReport: async (id) =>
      (await database.selectFrom('trades').selectAll().where('report_id', '=', id).executeTakeFirst()) ??
      null,
    lineage: (id) =>
      database
        .selectFrom('trades')
        .selectAll()
        .where('lineage_id', '=', id)
        .orderBy('order_ns')
        .orderBy('revision')
        .limit(LINEAGE_MAX)
        .execute(),
    events: (id) =>
      database
        .selectFrom('events')
        .selectAll()
        .where('lineage_id', '=', id)
        .orderBy('at_ns')
        .orderBy('topic')
        .orderBy('offset')
        .limit(EVENTS_MAX)
        .execute(),
    repair: async (id) =>
      (await database.selectFrom('repairs').selectAll().where('repair_id', '=', id).executeTakeFirst()) ??
      null,
    repairsOfLineage: (id) =>
      database.selectFrom('repairs').selectAll().where('lineage_id', '=', id).orderBy('opened_ns').execute(),
    alert: async (id) =>
      (await database.selectFrom('alerts').selectAll().where('alert_id', '=', id).executeTakeFirst()) ?? null,
    async latestActs(subjects) {
      const latest = new Map<string, DeskActionRecord>();
      if (subjects.length === 0) return latest;
      const rows = await database
        .selectFrom('desk_actions')
        .selectAll()
        .where('subject', 'in', subjects)
        .orderBy('at_ns')
        .orderBy('action_id')
        .execute();
      for (const row of rows) latest.set(row.subject, row);
      return latest;
    },
    totals: () => totals(database),
    series: (from, to, step) => series(database, from, to, step),
    histograms: (stage, from, to, step) => histograms(database, stage, from, to, step),
    openYoungerThan: (nowNs, bounds) => openYoungerThan(database, nowNs, bounds),
    sessions: () => sessions(database),
    forecasts: () => forecasts(database),
  };
}

/** A chain grows by human hands; one that is longer is cut on the page, not on the log. */
const LINEAGE_MAX = 200;
const EVENTS_MAX = 2_000;
