import { distribution } from '../../src/account/distribution.ts';
import { STRETCH_NAMES } from '../../src/account/read-outcomes.ts';
import type { BenchResult } from '../../src/bench/bench-result.ts';
import type { RunResult } from '../../src/bench/run-rate.ts';

/** A run in which all went well, but for `change`. */
export function madeUpRun(rate: number | 'max', change: Partial<RunResult> = {}): RunResult {
  return {
    settings: {
      rate,
      seconds: 60,
      warmUpSeconds: 10,
      sessions: 4,
      spacing: 'poisson',
      seed: 1,
      profileFolder: null,
    },
    offered: 1_000,
    refused: 0,
    taken: 1_000,
    repairs: 0,
    accepted: 1_000,
    late: 0,
    breached: 0,
    inDoubt: 0,
    exceptions: {},
    drained: true,
    measured: 900,
    reportsPerSecond: 2_000,
    latencyMs: Object.fromEntries(
      STRETCH_NAMES.map((name) => [name, distribution([1.234, 12.34, 123.4])]),
    ) as RunResult['latencyMs'],
    driverLatenessMs: { p50: 1, p99: 2, max: 3 },
    cpuSeconds: { hot: 30, watch: 6, desk: 3, outside: 3, driver: null },
    wallSeconds: 60,
    hotPid: 1,
    ...change,
  };
}

export const MACHINE: BenchResult['machine'] = {
  cpu: 'Made-up CPU',
  cores: 2,
  memoryGiB: 8,
  system: 'Linux 6.1',
  node: 'v24.21.0',
  fileSystem: 'ext4',
  commit: 'abcdef012345',
  dirty: true,
  loadBefore: 0.5,
};
