import type { ExpressionBuilder, Kysely } from 'kysely';
import type { TradesQuery } from '../../api/contract.ts';
import type { TradeRecord } from '../projection/trade-record.ts';
import type { ReadModelTables } from '../tables.ts';
import { cutPage, decodeCursor } from './cursor.ts';

export interface PageOf<Row> {
  readonly rows: readonly Row[];
  readonly nextCursor: string | null;
}
type Database = Kysely<ReadModelTables>;
export const LIMIT_DEFAULT = 100;
/** Sorts after everything an id can begin with. */
const PREFIX_END = '\uffff';

/** Newest first, by arrival. */
export async function listTrades(database: Database, query: TradesQuery): Promise<PageOf<TradeRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('trades').selectAll();
  if (query.symbol !== undefined) select = select.where('symbol', '=', query.symbol);
  if (query.mpid !== undefined) select = select.where(mpidIs(query.mpid));
  if (query.state !== undefined) select = select.where('state', '=', query.state);
  // Told a second time so that the partial index over unsettled trades can be used.
  if (query.state !== undefined && query.state !== 'ACCEPTED')
    select = select.where('state', '<>', 'ACCEPTED');
  if (query.facility !== undefined) select = select.where('facility', '=', query.facility);
  if (query.late === true) select = select.where('was_late', '=', 1n);
  if (query.late === false) select = select.where('was_late', '=', 0n);
  if (query.q !== undefined) select = select.where(await matches(database, query.q.trim()));
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('order_ns', '<', key), e.and([e('order_ns', '=', key), e('execution_id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('order_ns', 'desc')
    .orderBy('execution_id', 'desc')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (row) => ({ key: row.order_ns, id: row.execution_id }));
}

type Where = ExpressionBuilder<ReadModelTables, 'trades'>;

function mpidIs(mpid: string) {
  return (e: Where) => e.or([e('any_mpid', '=', mpid), e('contra_mpid', '=', mpid)]);
}

/**
 * One box for everything. A word that is a symbol is one, or else a firm; anything else is an id or its start.
 * Decided first, so that each case runs on one index: an OR over all of them would read the whole table.
 */
async function matches(database: Database, text: string) {
  const upper = text.toUpperCase();
  if (upper.length <= 14) {
    const symbol = await database
      .selectFrom('trades')
      .select('symbol')
      .where('symbol', '=', upper)
      .limit(1)
      .executeTakeFirst();
    if (symbol !== undefined) return (e: Where) => e('symbol', '=', upper);
  }
  if (/^[A-Z]{4,5}$/.test(upper)) return mpidIs(upper);
  const ids = await Promise.all(
    (
      [
        ['execution_id', upper],
        ['lineage_id', upper],
        ['report_id', upper],
        ['source_execution_id', text],
      ] as const
    ).map(([column, start]) =>
      database
        .selectFrom('trades')
        .select('execution_id')
        .where(column, '>=', start)
        .where(column, '<', start + PREFIX_END)
        .limit(MATCHES_MAX)
        .execute(),
    ),
  );
  const found = [...new Set(ids.flat().map((row) => row.execution_id))].slice(0, MATCHES_MAX);
  return (e: Where) => e('execution_id', 'in', found.length === 0 ? [''] : found);
}

/** A start that fits more than this is too short to mean one trade. */
const MATCHES_MAX = 200;
