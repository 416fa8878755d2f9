import type { Random } from '@tapeclock/ports';

/** What happens in one simulated minute and a half, by phases: how many reports come and how many can be served. */
export interface Overload {
  readonly kind: (typeof KINDS)[number];
  /** Reports that come, per second, at a second of the run. */
  arrivalsPerSecond(second: number): number;
  /** Reports that the facility can take, per second, at a time of the run. */
  capacityPerSecond(seconds: number): number;
}

export const KINDS = [
  'steady',
  'burst',
  'trickle-burst',
  'stall',
  'slow',
  'ramp',
  'outage',
  'recovering',
] as const;
export const RUN_SECONDS = 90;
const BEGINS = 30;

/** Draws an overload, some of which pass without a breach: those are what a forecast must not cry at. */
export function drawOverload(random: Random): Overload {
  const between = (low: number, high: number) => low + (random.nextU32() / 2 ** 32) * (high - low);
  const kind = KINDS[random.nextU32() % KINDS.length] ?? 'steady';
  const base = between(20, 300);
  const capacity = base * between(1.5, 4);
  const lasts = between(2, 30);
  const during = (seconds: number) => seconds >= BEGINS && seconds < BEGINS + lasts;
  const steady: Omit<Overload, 'kind'> = {
    arrivalsPerSecond: () => base,
    capacityPerSecond: () => capacity,
  };
  switch (kind) {
    case 'steady':
      return { kind, ...steady };
    case 'burst': {
      const size = capacity * between(2, 20);
      return { kind, ...steady, arrivalsPerSecond: (second) => (second === BEGINS ? base + size : base) };
    }
    case 'trickle-burst': {
      // Next to nothing, then many at once: the rate seen so far says nothing about what the facility can take.
      const size = capacity * between(1, 16);
      return { kind, ...steady, arrivalsPerSecond: (second) => (second === BEGINS ? size : 2) };
    }
    case 'stall': {
      const short = between(0.5, 5);
      return {
        kind,
        ...steady,
        capacityPerSecond: (s) => (s >= BEGINS && s < BEGINS + short ? 0 : capacity),
      };
    }
    case 'outage':
      return { kind, ...steady, capacityPerSecond: (s) => (during(s) ? 0 : capacity) };
    case 'slow': {
      const share = between(0.1, 0.9);
      return { kind, ...steady, capacityPerSecond: (s) => (during(s) ? capacity * share : capacity) };
    }
    case 'ramp': {
      const peak = capacity * between(0.8, 2.5);
      return {
        kind,
        ...steady,
        arrivalsPerSecond: (s) => (during(s) ? base + ((peak - base) * (s - BEGINS)) / lasts : base),
      };
    }
    case 'recovering': {
      // Down, then slowly back: what can be taken grows while the backlog waits.
      const down = between(1, 6);
      return {
        kind,
        ...steady,
        capacityPerSecond: (s) => {
          if (s < BEGINS || s >= BEGINS + 2 * down) return capacity;
          return s < BEGINS + down ? 0 : (capacity * (s - BEGINS - down)) / down;
        },
      };
    }
  }
}

/** A number of events in a stretch for which `mean` are expected (Knuth below 30, a normal draw above). */
export function poisson(mean: number, random: Random): number {
  const uniform = () => (random.nextU32() + 1) / (2 ** 32 + 1);
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = uniform(); product > limit; product *= uniform()) count += 1;
  return count;
}
