import type { TradeRow, TradeState } from '../contract.ts';

/** What the trades page asks for; null is any. */
export interface TradeFilters {
  readonly q: string | null;
  readonly symbol: string | null;
  readonly mpid: string | null;
  readonly facility: string | null;
  readonly state: string | null;
  readonly late: boolean;
}

/** Whether a row that came live belongs into the list; the same question the server answers for fetched ones. */
export function matchesFilters(row: TradeRow, filters: TradeFilters): boolean {
  if (filters.symbol !== null && row.symbol !== filters.symbol) return false;
  if (filters.mpid !== null && row.mpid !== filters.mpid) return false;
  if (filters.facility !== null && row.facility !== filters.facility) return false;
  if (filters.state !== null && row.state !== (filters.state as TradeState)) return false;
  if (filters.late && row.late !== true && !row.breached) return false;
  return filters.q === null || matchesText(row, filters.q);
}

function matchesText(row: TradeRow, q: string): boolean {
  if (row.symbol === q || row.mpid === q) return true;
  const ids = [row.executionId, row.lineageId, row.sourceExecutionId, row.reportId, row.controlNumber];
  return ids.some((id) => id?.startsWith(q) === true);
}

/** From the address bar. Symbols and MPIDs are upper case whatever was typed. */
export function filtersFrom(search: URLSearchParams): TradeFilters {
  const text = (name: string) => {
    const value = search.get(name)?.trim() ?? '';
    return value === '' ? null : value;
  };
  return {
    q: text('q'),
    symbol: text('symbol')?.toUpperCase() ?? null,
    mpid: text('mpid')?.toUpperCase() ?? null,
    facility: text('facility'),
    state: text('state'),
    late: text('late') === 'true',
  };
}

/** For the API, the address bar and the export link. */
export function filtersQuery(filters: TradeFilters): Readonly<Record<string, string | null>> {
  return { ...filters, late: filters.late ? 'true' : null };
}
