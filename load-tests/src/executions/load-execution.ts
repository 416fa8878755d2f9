import { formatDecimal, type Ns } from '@tapeclock/domain';
import { type Field, formatUtcTimestamp } from '@tapeclock/fix/codec';
import type { Random } from '@tapeclock/ports';
import type { Universe } from './universe.ts';

const OTC_PERCENT = 12;
const ODD_LOT_PERCENT = 15;
const SIDES = ['1', '1', '1', '2', '2', '2', '5'] as const;
const CAPACITIES = ['P', 'P', 'A', 'R'] as const;

/**
 * One execution as a trading system copies it to us (body of 35=8, drop-copy profile). `executedNs` is the instant for
 * which it was scheduled, so that every latency read from the log later counts from there, whenever it was really sent.
 */
export function loadExecution(
  random: Random,
  universe: Universe,
  given: { readonly id: string; readonly mpid: string; readonly executedNs: Ns },
): Field[] {
  const symbol = pick(random, percent(random, OTC_PERCENT) ? universe.otc : universe.nms);
  const quantity = percent(random, ODD_LOT_PERCENT)
    ? 1 + (random.nextU32() % 99)
    : 100 * (1 + (random.nextU32() % 50));
  return [
    [37, `O-${given.id}`],
    [17, given.id],
    [150, 'F'],
    [39, '2'],
    [1, 'LOAD-HOUSE'],
    [55, symbol],
    [54, pick(random, SIDES)],
    [32, String(quantity)],
    [31, formatDecimal(priceE4(random, symbol), 4)],
    [60, formatUtcTimestamp(given.executedNs, 9)],
    [528, pick(random, CAPACITIES)],
    [453, '2'],
    [448, given.mpid],
    [447, 'C'],
    [452, '1'],
    [448, pick(random, universe.contras)],
    [447, 'C'],
    [452, '17'],
  ];
}

/** A level of its own for each symbol, between 5 and 505 dollars, and half a per cent of noise. */
function priceE4(random: Random, symbol: string): bigint {
  let level = 7;
  for (const char of symbol) level = (level * 31 + char.charCodeAt(0)) % 5_000;
  const centre = BigInt((5 + level / 10) | 0) * 10_000n;
  return centre + (centre * BigInt((random.nextU32() % 1_000) - 500)) / 100_000n;
}

function percent(random: Random, share: number): boolean {
  return random.nextU32() % 100 < share;
}

function pick<T>(random: Random, from: readonly T[]): T {
  const chosen = from[random.nextU32() % from.length];
  if (chosen === undefined) throw new RangeError('nothing to choose from');
  return chosen;
}
