import type { Ns } from '@tapeclock/domain';
import { type Field, formatUtcTimestamp } from '@tapeclock/fix/codec';
import type { Random } from '@tapeclock/ports';
import { type LoadTrade, loadTrade } from './load-trade.ts';
import type { Universe } from './universe.ts';

const SIDE_CODES = { BUY: '1', SELL: '2', SELL_SHORT: '5' } as const satisfies Record<
  LoadTrade['side'],
  string
>;

/**
 * One execution as a trading system copies it to us (body of 35=8, drop-copy profile). `executedNs` is the instant for
 * which it was scheduled, so that every latency read from the log later counts from there, whenever it was really sent.
 */
export function loadExecution(
  random: Random,
  universe: Universe,
  given: { readonly id: string; readonly mpid: string; readonly executedNs: Ns },
): Field[] {
  const trade = loadTrade(random, universe);
  return [
    [37, `O-${given.id}`],
    [17, given.id],
    [150, 'F'],
    [39, '2'],
    [1, 'LOAD-HOUSE'],
    [55, trade.symbol],
    [54, SIDE_CODES[trade.side]],
    [32, trade.quantity],
    [31, trade.price],
    [60, formatUtcTimestamp(given.executedNs, 9)],
    [528, trade.capacity],
    [453, '2'],
    [448, given.mpid],
    [447, 'C'],
    [452, '1'],
    [448, trade.contraMpid],
    [447, 'C'],
    [452, '17'],
  ];
}
