import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { Random } from '@tapeclock/ports';
import { FAULT_KINDS, type Fault, type FaultKind, type PlannedFault } from './fault.ts';
import type { Intensity } from './intensity.ts';

/** Names that faults can be about. */
export interface Targets {
  /** Everything that can die or be cut off, the trading systems included. */
  readonly processes: readonly string[];
  /** Those that keep a log handle. */
  readonly onTheLog: readonly string[];
  /** Those that may be cut off the group coordinator. */
  readonly isolable: readonly string[];
  /** Pairs of hosts that talk. */
  readonly links: readonly (readonly [string, string])[];
}

/** Faults that are worth more of the draws: what kills, cuts and silences. */
const OFTEN: readonly FaultKind[] = ['crash', 'crash', 'crash', 'cut', 'drop-after', 'facility-silence'];

/** Draws the run's faults: the same random source, the same plan. Every one is over by `untilNs`. */
export function planFaults(
  random: Random,
  intensity: Intensity,
  targets: Targets,
  fromNs: Ns,
  untilNs: Ns,
): readonly PlannedFault[] {
  const kinds = [...FAULT_KINDS, ...OFTEN];
  const count = intensity.faultsMin + (random.nextU32() % (intensity.faultsMax - intensity.faultsMin + 1));
  const planned: PlannedFault[] = [];
  for (let i = 0; i < count; i += 1) {
    const windowMs = 50 + (random.nextU32() % intensity.windowMsMax);
    const forNs = BigInt(windowMs) * NS_PER_MS;
    const lastStartNs = untilNs - forNs;
    const atNs = fromNs + ((BigInt(random.nextU32()) * NS_PER_MS) % (lastStartNs - fromNs));
    planned.push({ atNs, fault: drawFault(random, pick(random, kinds), targets, forNs) });
  }
  return planned.sort((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0));
}

function drawFault(random: Random, kind: FaultKind, targets: Targets, forNs: Ns): Fault {
  switch (kind) {
    case 'crash':
      return {
        kind,
        process: pick(random, targets.processes),
        crossings: 1 + (random.nextU32() % 300),
        downNs: BigInt(100 + (random.nextU32() % 2_500)) * NS_PER_MS,
      };
    case 'disk-stall':
      return { kind, process: maybe(random, targets.onTheLog), forNs };
    case 'disk-full':
    case 'disk-failed':
      return { kind, process: maybe(random, targets.onTheLog), recordsLeft: random.nextU32() % 3, forNs };
    case 'cut':
      return { kind, between: pick(random, targets.links) };
    case 'partition':
      return { kind, between: pick(random, targets.links), forNs };
    case 'isolation':
      return { kind, process: pick(random, targets.isolable), forNs };
    case 'slow-network':
      return { kind, factor: BigInt(5 + (random.nextU32() % 400)), forNs };
    case 'facility-late':
      return { kind, latencyMs: 200 + (random.nextU32() % 6_000), forNs };
    case 'facility-rejects':
      return {
        kind,
        percent: 10 + (random.nextU32() % 80),
        code: pick(random, REJECT_CODES),
        forNs,
      };
    case 'drop-before':
    case 'drop-after':
      return { kind, percent: 5 + (random.nextU32() % 60), forNs };
    case 'clock-step':
      return {
        kind,
        process: pick(random, targets.processes),
        byNs: BigInt((random.nextU32() % 4_001) - 2_000) * NS_PER_MS,
        forNs,
      };
    case 'burst':
      return { kind, executions: 20 + (random.nextU32() % 80) };
    default:
      return { kind, forNs };
  }
}

/** One that passes, one that a person must mend, one about the set-up. */
const REJECT_CODES = ['021', '078', '062'] as const;

function pick<T>(random: Random, from: readonly T[]): T {
  return from[random.nextU32() % from.length] as T;
}

/** One of them, or (one time in three) null for all. */
function maybe<T>(random: Random, from: readonly T[]): T | null {
  return random.nextU32() % 3 === 0 ? null : pick(random, from);
}
