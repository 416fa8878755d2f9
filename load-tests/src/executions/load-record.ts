import { type Ns, rfc3339FromNs } from '@tapeclock/domain';
import type { Random } from '@tapeclock/ports';
import { loadTrade } from './load-trade.ts';
import type { Universe } from './universe.ts';

/** One record of the REST ingest, see `/documentation` of the rest-gateway. Numbers are text there. */
export type LoadRecord = Readonly<Record<string, string>>;

/** The same trades as over FIX, in the shape of the REST ingest. `executedNs` is the instant for which it was scheduled. */
export function loadRecord(
  random: Random,
  universe: Universe,
  given: { readonly id: string; readonly mpid: string; readonly executedNs: Ns },
): LoadRecord {
  const { symbol, side, quantity, price, capacity, contraMpid } = loadTrade(random, universe);
  return {
    executionId: given.id,
    symbol,
    side: side === 'BUY' ? 'B' : 'S',
    ...(side === 'SELL_SHORT' && { shortSale: 'S' }),
    quantity,
    price,
    executedAt: rfc3339FromNs(given.executedNs),
    mpid: given.mpid,
    contraMpid,
    capacity,
    executingParty: 'Y',
    orderId: `O-${given.id}`,
    account: 'LOAD-HOUSE',
  };
}
