import { msFromNs } from '@tapeclock/domain';
import type { ApiContext } from '../api/api-context.ts';
import type {
  AlertsPage,
  AlertsQuery,
  CatFilesPage,
  CatFilesQuery,
  DeadLettersPage,
  DeskActionsPage,
  InDoubtPage,
  InDoubtQuery,
  LatePage,
  LateQuery,
  ObligationsPage,
  ObligationsQuery,
  RepairsPage,
  RepairsQuery,
  TradesPage,
  TradesQuery,
} from '../api/contract.ts';
import type { PageOf } from '../read-model/queries/list-trades.ts';
import {
  alertView,
  catFile,
  deadLetterView,
  deskActionView,
  inDoubtRow,
  lateTrade,
  obligation,
  repairRow,
  tradeRow,
} from './rows.ts';

interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** The lists of the board, page by page; the API and the CSV exports show the same ones. */
export interface Lists {
  trades(query: TradesQuery): Promise<TradesPage>;
  obligations(query: ObligationsQuery): Promise<ObligationsPage>;
  late(query: LateQuery): Promise<LatePage>;
  inDoubt(query: InDoubtQuery): Promise<InDoubtPage>;
  repairs(query: RepairsQuery): Promise<RepairsPage>;
  alerts(query: AlertsQuery): Promise<AlertsPage>;
  deadLetters(query: Paging): Promise<DeadLettersPage>;
  deskActions(query: Paging): Promise<DeskActionsPage>;
  catFiles(query: CatFilesQuery): Promise<CatFilesPage>;
}

export function createLists({ queries, desk, clock }: Pick<ApiContext, 'queries' | 'desk' | 'clock'>): Lists {
  const serverNowMs = () => msFromNs(clock.nowNs());
  const shown = <Row, View>(page: PageOf<Row>, view: (row: Row) => View) => ({
    items: page.rows.map(view),
    nextCursor: page.nextCursor,
    serverNowMs: serverNowMs(),
  });
  return {
    trades: async (query) => shown(await queries.trades(query), tradeRow),
    async obligations(query) {
      const [page, totals] = await Promise.all([queries.obligations(query), queries.totals()]);
      const total = totals.reduce((sum, { name, n }) => (name === 'open' ? sum + n : sum), 0);
      return { ...shown(page, obligation), total };
    },
    late: async (query) => shown(await queries.late(query), lateTrade),
    async inDoubt(query) {
      const page = await queries.inDoubt(query);
      const acts = await queries.latestActs(page.rows.flatMap((row) => row.report_id ?? []));
      return shown(page, (row) => {
        const latest = acts.get(row.report_id ?? '');
        const pending = desk.isPending(latest, row.report_id ?? '', row.outcome_since_ns ?? 0n);
        return inDoubtRow(row, pending ? (latest?.action_id ?? 'on its way') : null);
      });
    },
    async repairs(query) {
      const page = await queries.repairs(query);
      const acts = await queries.latestActs(page.rows.map((row) => row.repair_id));
      return shown(page, (row) =>
        repairRow(row, desk.isPending(acts.get(row.repair_id), row.repair_id, row.opened_ns)),
      );
    },
    async alerts(query) {
      const page = await queries.alerts(query);
      const acts = await queries.latestActs(page.rows.map((row) => row.alert_id));
      return shown(page, (row) => alertView(row, acts.get(row.alert_id)));
    },
    deadLetters: async (query) => shown(await queries.deadLetters(query), deadLetterView),
    deskActions: async (query) => shown(await queries.deskActions(query), deskActionView),
    catFiles: async (query) => shown(await queries.catFiles(query), catFile),
  };
}
