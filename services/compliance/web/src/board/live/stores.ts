import type { ObligationsPage, Overview, TradeRow } from '../../contract.ts';
import { NO_SERVER_CLOCK, type ServerClock } from '../../live/server-clock.ts';
import { createStore } from '../../store.ts';

/** What the live feed keeps up to date for every page. */
export const overviewStore = createStore<Overview | null>(null);
export const obligationsStore = createStore<ObligationsPage | null>(null);
export const serverClockStore = createStore<ServerClock>(NO_SERVER_CLOCK);
/** `lost` after three silent heartbeats; what is on the screen is then as old as it says. */
export const connectionStore = createStore<'connecting' | 'live' | 'lost'>('connecting');

/** Pages that show trades listen here; a burst's rest is left out and told by `truncated`. */
type TradeListener = (changed: readonly TradeRow[], truncated: boolean) => void;
const listeners = new Set<TradeListener>();
export function onTrades(listener: TradeListener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
export function tellTrades(changed: readonly TradeRow[], truncated: boolean): void {
  for (const listener of listeners) listener(changed, truncated);
}
