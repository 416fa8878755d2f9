import { formatDecimal, NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type Field, formatUtcTimestamp } from '@tapeclock/fix/codec';
import type { Random } from '@tapeclock/ports';

/** A made-up trade: enough of it to bust or correct it later. */
export interface DemoTrade {
  readonly id: string;
  readonly symbol: string;
  readonly side: '1' | '2' | '5';
  readonly quantity: number;
  readonly priceE4: bigint;
  readonly executedNs: Ns;
  readonly contra: string;
}

const NMS: readonly (readonly [symbol: string, priceE4: bigint])[] = [
  ['AAPL', 2_312_500n],
  ['MSFT', 4_187_200n],
  ['NVDA', 1_389_100n],
  ['AMZN', 2_204_800n],
  ['GOOGL', 1_791_300n],
  ['META', 6_013_400n],
  ['TSLA', 3_480_700n],
  ['JPM', 2_489_900n],
  ['XOM', 1_102_300n],
  ['JNJ', 1_538_800n],
  ['ABBV', 1_843_200n],
  ['ADBE', 4_471_600n],
  ['ABT', 1_161_400n],
  ['AMD', 1_397_000n],
  ['BAC', 465_300n],
];
const OTC: typeof NMS = [
  ['ADDYY', 1_247_500n],
  ['BASFY', 121_900n],
  ['BAYRY', 58_300n],
  ['ALIZY', 331_600n],
];
const CONTRAS = ['ALPB', 'BRCH', 'CNDR', 'DRFT', 'EGLT', 'C'] as const;

const ORDER_AGE_NS = 40n * NS_PER_MS;

export function demoTrade(random: Random, nowNs: Ns): DemoTrade {
  const [symbol, baseE4] = pick(random, chance(random, 12) ? OTC : NMS);
  const moveE4 = BigInt(random.nextU32() % 20_000) - 10_000n;
  return {
    // The instant to the nanosecond, in base 36, plus chance: unique also across restarts.
    id: `D${nowNs.toString(36)}${(random.nextU32() % 46_656).toString(36)}`.toUpperCase(),
    symbol,
    side: pick(random, ['1', '1', '2', '2', '5']),
    quantity: (1 + (random.nextU32() % 20)) * (chance(random, 10) ? 7 : 100),
    priceE4: baseE4 + (baseE4 * moveE4) / 1_000_000n,
    executedNs: nowNs - agoNs(random),
    contra: pick(random, CONTRAS),
  };
}

/** Most copies come within milliseconds; some sources dawdle, and now and then one is late on arrival. */
function agoNs(random: Random): Ns {
  const dice = random.nextU32() % 1_000;
  const jitterNs = BigInt(random.nextU32() % 3_000_000);
  if (dice < 2) return 10n * NS_PER_SECOND + BigInt(random.nextU32() % 4_000) * NS_PER_MS;
  if (dice < 12) return 3n * NS_PER_SECOND + BigInt(random.nextU32() % 4_000) * NS_PER_MS;
  return NS_PER_MS + jitterNs;
}

/** Body of the execution report (35=8) that tells of the trade. */
export function tradeFields(trade: DemoTrade, mpid: string): Field[] {
  return [
    [37, `O${trade.id}`],
    [17, trade.id],
    [150, 'F'],
    [39, '2'],
    [1, 'DEMO-HOUSE'],
    // House trader, and when the order came: CAT asks for both.
    [581, '3'],
    [586, formatUtcTimestamp(trade.executedNs - ORDER_AGE_NS, 9)],
    // With a customer on the other side both orders are ours to tell CAT.
    ...(trade.contra === 'C' ? [[198, `C${trade.id}`] as const] : []),
    [55, trade.symbol],
    [54, trade.side],
    [32, String(trade.quantity)],
    [31, formatDecimal(trade.priceE4, 4)],
    [60, formatUtcTimestamp(trade.executedNs, 9)],
    [528, 'P'],
    [453, '2'],
    [448, mpid],
    [447, 'C'],
    [452, '1'],
    [448, trade.contra],
    [447, 'C'],
    [452, '17'],
  ];
}

/** A mistake such as sources make, for the repair queue to show. */
export function spoiled(fields: readonly Field[], random: Random): Field[] {
  const mistakes: readonly ((field: Field) => Field[])[] = [
    (field) => (field[0] === 55 ? [[55, 'ZZZZQ']] : [field]),
    (field) => (field[0] === 60 ? [] : [field]),
    (field) => (field[0] === 31 ? [[31, '0']] : [field]),
    (field) => (field[0] === 528 ? [[528, 'Q']] : [field]),
  ];
  return fields.flatMap(pick(random, mistakes));
}

/** The same trade, taken back or told anew. */
export function amended(
  trade: DemoTrade,
  kind: 'bust' | 'correction',
  id: string,
  nowNs: Ns,
  mpid: string,
): Field[] {
  const better =
    kind === 'bust' ? { ...trade, executedNs: nowNs } : { ...trade, priceE4: trade.priceE4 + 100n };
  return tradeFields(better, mpid).flatMap((field): Field[] => {
    if (field[0] === 17)
      return [
        [17, id],
        [19, trade.id],
      ];
    if (field[0] === 150) return [[150, kind === 'bust' ? 'H' : 'G']];
    return [field];
  });
}

export function chance(random: Random, percent: number): boolean {
  return random.nextU32() % 1_000 < percent * 10;
}

export function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.nextU32() % from.length] as T;
}
