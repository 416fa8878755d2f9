import type { LiveChange, Obligation, ObligationsPage } from '../contract.ts';

/** As many nearest deadlines as the board holds; beyond them it says how many more there are. */
export const OBLIGATIONS_MAX = 500;

/** Puts and drops rows by execution id; nearest deadline first. */
export function applyObligations(page: ObligationsPage, change: LiveChange): ObligationsPage {
  const { changed, removed } = change.obligations;
  const total = change.overview.counts.open;
  if (changed.length === 0 && removed.length === 0) return page.total === total ? page : { ...page, total };
  const rows = new Map(page.items.map((row) => [row.executionId, row]));
  for (const id of removed) rows.delete(id);
  for (const row of changed) rows.set(row.executionId, row);
  const items = [...rows.values()].sort(byDeadline).slice(0, OBLIGATIONS_MAX);
  return { ...page, items, total, serverNowMs: change.serverNowMs };
}

/** True where rows are known to be missing: the list must be fetched. */
export function obligationsShort(page: ObligationsPage, change: LiveChange): boolean {
  return change.obligations.truncated || page.items.length < Math.min(page.total, OBLIGATIONS_MAX / 2);
}

/** Instants are text whose order is the order of time, to the nanosecond. */
function byDeadline(a: Obligation, b: Obligation): number {
  if (a.dueAt !== b.dueAt) return a.dueAt < b.dueAt ? -1 : 1;
  return a.executionId < b.executionId ? -1 : 1;
}
