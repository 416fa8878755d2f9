import { mkdirSync, rmSync } from 'node:fs';
import { openLogReader, type Product, type Role, startProduct, verifyData } from '@tapeclock/cli';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { type Clock, sleep } from '@tapeclock/ports';
import { type Distribution, distribution } from '../account/distribution.ts';
import { type Outcomes, readOutcomes, STRETCH_NAMES, type Stretches } from '../account/read-outcomes.ts';
import { untilQuiet } from '../account/until-quiet.ts';
import type { LoadSummary } from '../fix-driver/load-options.ts';
import type { Phase, Spacing } from '../fix-driver/schedule.ts';
import { type Load, startLoad } from '../fix-driver/start-load.ts';
import { cpuSeconds } from './cpu-seconds.ts';

export interface RunSettings {
  /** Per second, or `max`: as much as the gateway takes. */
  readonly rate: number | 'max';
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly sessions: number;
  readonly spacing: Spacing;
  readonly seed: number;
  /** Folder for CPU profiles; every process then writes one, which costs time: such figures are no results. */
  readonly profileFolder: string | null;
  /** Further settings of the product, by variable. */
  readonly variables?: Readonly<Record<string, string>>;
}

export interface RunResult {
  readonly settings: RunSettings;
  /** Everything, warm-up included. `offered` = `taken` + `refused` must hold. */
  readonly offered: number;
  readonly refused: number;
  readonly taken: number;
  readonly repairs: number;
  readonly accepted: number;
  readonly late: number;
  readonly breached: number;
  readonly inDoubt: number;
  /** Exceptions of `verify`, by code. */
  readonly exceptions: Readonly<Record<string, number>>;
  /** The log had come to rest within a minute after the last execution was offered. */
  readonly drained: boolean;
  readonly measured: number;
  /** Reports per second between the first and the last report of the measured part. */
  readonly reportsPerSecond: number;
  readonly latencyMs: Readonly<Record<keyof Stretches, Distribution>>;
  readonly driverLatenessMs: LoadSummary['driverLatenessMs'];
  /** Processor seconds used while the measured executions were offered, by process; null where not known. */
  readonly cpuSeconds: Readonly<Record<Role | 'driver', number | null>>;
  readonly wallSeconds: number;
  readonly hotPid: number;
}

/** More than any rate it could reach: what the gateway does not take at once waits in the driver, and then is refused. */
const MAX_OFFERED_PER_SECOND = 15_000;
const MAX_WAITING = 4_000;
/** Seldom enough that a profile is written within the bound that a stopping process has. */
const SAMPLE_US = 5_000;
const ROLES = ['hot', 'watch', 'desk', 'outside'] as const;

/** Starts the product on an empty folder, offers executions at one rate, and reads from the log what became of them. */
export async function runRate(clock: Clock, settings: RunSettings): Promise<RunResult> {
  const { profileFolder } = settings;
  if (profileFolder !== null) mkdirSync(profileFolder, { recursive: true });
  const product = await startProduct({
    ...(profileFolder !== null && { spare: false }),
    variables: {
      ...settings.variables,
      ...(profileFolder !== null && {
        NODE_OPTIONS: `--cpu-prof --cpu-prof-interval=${SAMPLE_US} --cpu-prof-dir=${profileFolder}`,
      }),
    },
  });
  let stopped = false;
  let load: Load | null = null;
  try {
    const hotPid = product.pid('hot');
    load = await startLoad(loadOptions(product, settings));
    await sleep(clock, BigInt(Math.round(settings.warmUpSeconds * 1_000)) * (NS_PER_SECOND / 1_000n));
    const usage = meterOf(product, load);
    const before = usage();
    const fromNs = clock.monotonicNs();
    const offered = await load.offered;
    const after = usage();
    const wallSeconds = Number(clock.monotonicNs() - fromNs) / 1e9;

    const reader = await openLogReader(product.dataDir);
    const drained = await untilQuiet(reader, clock);
    // What the gateway rejects after the last one was offered is known only now.
    const ended = await load.stop();
    const warmUpNs = BigInt(Math.round(settings.warmUpSeconds * 1_000)) * 1_000_000n;
    await product.stop();
    stopped = true;
    const outcomes = await readOutcomes(reader, offered.startNs + warmUpNs);
    await reader.close();
    const { exceptions } = await verifyData(product.dataDir);
    return {
      settings,
      offered: ended.offered,
      refused: ended.refused,
      ...figures(outcomes),
      exceptions: countBy(exceptions.map(({ code }) => code)),
      drained,
      driverLatenessMs: ended.driverLatenessMs,
      cpuSeconds: Object.fromEntries(
        [...ROLES, 'driver' as const].map((name) => [name, difference(before[name], after[name])]),
      ) as RunResult['cpuSeconds'],
      wallSeconds,
      hotPid,
    };
  } finally {
    if (!stopped) {
      await load?.stop().catch(() => {});
      await product.stop();
    }
    rmSync(product.dataDir, { recursive: true, force: true });
  }
}

function loadOptions(product: Product, settings: RunSettings) {
  const isMax = settings.rate === 'max';
  const ratePerSecond = settings.rate === 'max' ? MAX_OFFERED_PER_SECOND : settings.rate;
  const phases: Phase[] = [
    { ratePerSecond: isMax ? ratePerSecond / 10 : ratePerSecond, seconds: settings.warmUpSeconds },
    { ratePerSecond, seconds: settings.seconds },
  ];
  return {
    host: '127.0.0.1',
    port: product.ports.fix,
    senderCompIds: Array.from({ length: settings.sessions }, (_, index) => `LOAD${index + 1}`),
    password: product.fixPassword,
    phases,
    spacing: settings.spacing,
    seed: settings.seed,
    runId: 'B',
    clockOffsetNs: product.clockOffsetNs,
    ...(isMax && { waitingMax: MAX_WAITING }),
  };
}

function figures(outcomes: Outcomes) {
  const { firstSentNs, lastSentNs, measured, stretches, taken, repairs, accepted, late, breached, inDoubt } =
    outcomes;
  const spanSeconds =
    firstSentNs === null || lastSentNs === null ? 0 : Number(lastSentNs - firstSentNs) / 1e9;
  return {
    taken,
    repairs,
    accepted,
    late,
    breached,
    inDoubt,
    measured,
    reportsPerSecond: spanSeconds === 0 ? 0 : Math.round(measured / spanSeconds),
    latencyMs: Object.fromEntries(
      STRETCH_NAMES.map((name) => [name, distribution(stretches[name])]),
    ) as RunResult['latencyMs'],
  };
}

function meterOf(product: Product, load: Load) {
  const pids = { ...Object.fromEntries(ROLES.map((role) => [role, product.pid(role)])), driver: load.pid };
  return (): Readonly<Record<string, number | null>> =>
    Object.fromEntries(Object.entries(pids).map(([name, pid]) => [name, cpuSeconds(pid)]));
}

function difference(before: number | null | undefined, after: number | null | undefined): number | null {
  if (before === null || before === undefined || after === null || after === undefined) return null;
  return Math.round((after - before) * 100) / 100;
}

/** How often each code occurs. */
export function countBy(codes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const code of codes) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
}
