import type { TradeRow } from '../contract.ts';
import { matchesFilters, type TradeFilters } from './trade-filters.ts';

export const TRADES_MAX = 5_000;

/** The trades on the screen: newest first, without gaps down to `nextCursor`. */
export interface TradeList {
  readonly rows: readonly TradeRow[];
  readonly nextCursor: string | null;
  /** Rows were let go to keep to the bound. */
  readonly capped: boolean;
}

/** Puts changed rows by id, drops those that no longer fit the filters, keeps to the bound. */
export function applyTrades(list: TradeList, changed: readonly TradeRow[], filters: TradeFilters): TradeList {
  if (changed.length === 0) return list;
  const news = new Map(changed.map((row) => [row.executionId, row]));
  let touched = false;
  const kept: TradeRow[] = [];
  for (const row of list.rows) {
    const next = news.get(row.executionId);
    if (next === undefined) {
      kept.push(row);
      continue;
    }
    touched = true;
    news.delete(row.executionId);
    if (matchesFilters(next, filters)) kept.push(next);
  }
  const added = [...news.values()].filter((row) => matchesFilters(row, filters));
  if (!touched && added.length === 0) return list;
  const merged =
    added.length === 0 ? kept : mergeNewest(added.sort(newestFirst), kept, list.nextCursor !== null);
  return bounded({ ...list, rows: merged });
}

/** Adds an older page. */
export function appendPage(
  list: TradeList,
  page: { readonly items: readonly TradeRow[]; readonly nextCursor: string | null },
): TradeList {
  const known = new Set(list.rows.map((row) => row.executionId));
  const rows = [...list.rows, ...page.items.filter((row) => !known.has(row.executionId))];
  return bounded({ ...list, rows, nextCursor: page.nextCursor });
}

function bounded(list: TradeList): TradeList {
  if (list.rows.length <= TRADES_MAX) return list;
  return { rows: list.rows.slice(0, TRADES_MAX), nextCursor: null, capped: true };
}

/** Rows older than the last one shown belong to a page that is not fetched yet. */
function mergeNewest(added: readonly TradeRow[], rows: readonly TradeRow[], more: boolean): TradeRow[] {
  const merged: TradeRow[] = [];
  let next = 0;
  for (const row of rows) {
    for (let add = added[next]; add !== undefined && newestFirst(add, row) < 0; add = added[next]) {
      merged.push(add);
      next += 1;
    }
    merged.push(row);
  }
  if (!more || rows.length === 0) merged.push(...added.slice(next));
  return merged;
}

const arrival = (row: TradeRow): string => row.receivedAt ?? row.executedAt ?? '';

function newestFirst(a: TradeRow, b: TradeRow): number {
  const [left, right] = [arrival(a), arrival(b)];
  if (left !== right) return left > right ? -1 : 1;
  return a.executionId > b.executionId ? -1 : 1;
}
