import type { Kysely } from 'kysely';
import type { InDoubtQuery, LateQuery, ObligationsQuery } from '../../api/contract.ts';
import type { TradeRecord } from '../projection/trade-record.ts';
import type { ReadModelTables } from '../tables.ts';
import { cutPage, decodeCursor } from './cursor.ts';
import { LIMIT_DEFAULT, type PageOf } from './list-trades.ts';

type Database = Kysely<ReadModelTables>;
const dueEnd = (row: TradeRecord) => ({ key: row.due_ns ?? 0n, id: row.execution_id });

/** Nearest deadline first. */
export async function listObligations(
  database: Database,
  query: ObligationsQuery,
): Promise<PageOf<TradeRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('trades').selectAll().where('open', '=', 1n);
  if (query.facility !== undefined) select = select.where('facility', '=', query.facility);
  if (query.breached !== undefined) select = select.where('breached', '=', query.breached ? 1n : 0n);
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('due_ns', '>', key), e.and([e('due_ns', '=', key), e('execution_id', '>', id)])]),
    );
  }
  const rows = await select
    .orderBy('due_ns')
    .orderBy('execution_id')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, dueEnd);
}

/** Late or breached, latest deadline first. */
export async function listLate(database: Database, query: LateQuery): Promise<PageOf<TradeRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('trades').selectAll().where('was_late', '=', 1n);
  if (query.facility !== undefined) select = select.where('facility', '=', query.facility);
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('due_ns', '<', key), e.and([e('due_ns', '=', key), e('execution_id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('due_ns', 'desc')
    .orderBy('execution_id', 'desc')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, dueEnd);
}

/** Reports whose outcome is unknown, and those that wait; nearest deadline first. */
export async function listInDoubt(database: Database, query: InDoubtQuery): Promise<PageOf<TradeRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database
    .selectFrom('trades')
    .selectAll()
    .where('open', '=', 1n)
    .where('state', 'in', query.kind === undefined ? ['IN_DOUBT', 'HELD'] : [query.kind]);
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('due_ns', '>', key), e.and([e('due_ns', '=', key), e('execution_id', '>', id)])]),
    );
  }
  const rows = await select
    .orderBy('due_ns')
    .orderBy('execution_id')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, dueEnd);
}
