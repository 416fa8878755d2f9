import type { Kysely } from 'kysely';
import type { AlertsQuery, CatFilesQuery, RepairsQuery } from '../../api/contract.ts';
import type {
  AlertRecord,
  CatFeedbackRecord,
  CatFileRecord,
  DeadLetterRecord,
  DeskActionRecord,
  ReadModelTables,
  RepairRecord,
} from '../tables.ts';
import { cutPage, decodeCursor } from './cursor.ts';
import { LIMIT_DEFAULT, type PageOf } from './list-trades.ts';

type Database = Kysely<ReadModelTables>;
interface Paging {
  readonly limit?: number;
  readonly cursor?: string;
}

/** Oldest first. */
export async function listRepairs(database: Database, query: RepairsQuery): Promise<PageOf<RepairRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('repairs').selectAll();
  const state = query.state ?? 'open';
  if (state !== 'all') select = select.where('state', '=', state === 'open' ? 'OPEN' : 'CLOSED');
  if (query.stage !== undefined) select = select.where('stage', '=', query.stage);
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('opened_ns', '>', key), e.and([e('opened_ns', '=', key), e('repair_id', '>', id)])]),
    );
  }
  const rows = await select
    .orderBy('opened_ns')
    .orderBy('repair_id')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (row) => ({ key: row.opened_ns, id: row.repair_id }));
}

export async function listAlerts(database: Database, query: AlertsQuery): Promise<PageOf<AlertRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('alerts').selectAll();
  if ((query.state ?? 'raised') === 'raised') select = select.where('state', '=', 'RAISED');
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('raised_ns', '<', key), e.and([e('raised_ns', '=', key), e('alert_id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('raised_ns', 'desc')
    .orderBy('alert_id', 'desc')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (row) => ({ key: row.raised_ns, id: row.alert_id }));
}

export async function listDeadLetters(database: Database, query: Paging): Promise<PageOf<DeadLetterRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('dead_letters').selectAll();
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('at_ns', '<', key), e.and([e('at_ns', '=', key), e('dead_letter_id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('at_ns', 'desc')
    .orderBy('dead_letter_id', 'desc')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (row) => ({ key: row.at_ns, id: row.dead_letter_id }));
}

export async function listDeskActions(database: Database, query: Paging): Promise<PageOf<DeskActionRecord>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('desk_actions').selectAll();
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('at_ns', '<', key), e.and([e('at_ns', '=', key), e('action_id', '<', id)])]),
    );
  }
  const rows = await select
    .orderBy('at_ns', 'desc')
    .orderBy('action_id', 'desc')
    .limit(limit + 1)
    .execute();
  return cutPage(rows, limit, (row) => ({ key: row.at_ns, id: row.action_id }));
}

export interface CatFileWithFeedback {
  readonly file: CatFileRecord;
  readonly feedback: readonly CatFeedbackRecord[];
}

export async function listCatFiles(
  database: Database,
  query: CatFilesQuery,
): Promise<PageOf<CatFileWithFeedback>> {
  const limit = query.limit ?? LIMIT_DEFAULT;
  let select = database.selectFrom('cat_files').selectAll();
  if (query.tradeDate !== undefined) select = select.where('trade_date', '=', query.tradeDate);
  if (query.cursor !== undefined) {
    const { key, id } = decodeCursor(query.cursor);
    select = select.where((e) =>
      e.or([e('seen_ns', '<', key), e.and([e('seen_ns', '=', key), e('file_name', '<', id)])]),
    );
  }
  const found = await select
    .orderBy('seen_ns', 'desc')
    .orderBy('file_name', 'desc')
    .limit(limit + 1)
    .execute();
  const { rows, nextCursor } = cutPage(found, limit, (row) => ({ key: row.seen_ns, id: row.file_name }));
  const feedback = await feedbackOf(
    database,
    rows.map((row) => row.file_name),
  );
  return {
    rows: rows.map((file) => ({
      file,
      feedback: feedback.filter((answer) => answer.file_name === file.file_name),
    })),
    nextCursor,
  };
}

/** Files that carry an execution, with what CAT answered. */
export async function catFilesOf(
  database: Database,
  executionId: string,
): Promise<readonly CatFileWithFeedback[]> {
  const files = await database
    .selectFrom('cat_files')
    .innerJoin('cat_links', 'cat_links.file_name', 'cat_files.file_name')
    .where('cat_links.execution_id', '=', executionId)
    .selectAll('cat_files')
    .execute();
  const feedback = await feedbackOf(
    database,
    files.map((file) => file.file_name),
  );
  return files.map((file) => ({
    file,
    feedback: feedback.filter((answer) => answer.file_name === file.file_name),
  }));
}

async function feedbackOf(
  database: Database,
  names: readonly string[],
): Promise<readonly CatFeedbackRecord[]> {
  if (names.length === 0) return [];
  return database
    .selectFrom('cat_feedback')
    .selectAll()
    .where('file_name', 'in', names)
    .orderBy('at_ns')
    .execute();
}
