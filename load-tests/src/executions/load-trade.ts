import { formatDecimal } from '@tapeclock/domain';
import type { Random } from '@tapeclock/ports';
import type { Universe } from './universe.ts';

/** A made-up trade before anybody's wire format. */
export interface LoadTrade {
  readonly symbol: string;
  readonly side: 'BUY' | 'SELL' | 'SELL_SHORT';
  /** Shares, plain decimal. */
  readonly quantity: string;
  /** Dollars per share, four decimals. */
  readonly price: string;
  /** P principal, A agency, R riskless principal. */
  readonly capacity: string;
  readonly contraMpid: string;
}

const OTC_PERCENT = 12;
const ODD_LOT_PERCENT = 15;
const SIDES = ['BUY', 'BUY', 'BUY', 'SELL', 'SELL', 'SELL', 'SELL_SHORT'] as const;
const CAPACITIES = ['P', 'P', 'A', 'R'] as const;

/** Draws a trade that the product's validation lets through; the same seed draws the same trades. */
export function loadTrade(random: Random, universe: Universe): LoadTrade {
  const symbol = pick(random, percent(random, OTC_PERCENT) ? universe.otc : universe.nms);
  const quantity = percent(random, ODD_LOT_PERCENT)
    ? 1 + (random.nextU32() % 99)
    : 100 * (1 + (random.nextU32() % 50));
  return {
    symbol,
    side: pick(random, SIDES),
    quantity: String(quantity),
    price: formatDecimal(priceE4(random, symbol), 4),
    capacity: pick(random, CAPACITIES),
    contraMpid: pick(random, universe.contras),
  };
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
