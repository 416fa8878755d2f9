import type { Clock } from '@tapeclock/ports';

export interface Measured {
  readonly usEach: number;
  /** In the fastest tenth of the runs: what the code costs when the machine leaves it alone. */
  readonly usBest: number;
  /** Allocated on the JavaScript heap and outside of it, between two collections. */
  readonly bytesEach: number;
}

const WARM_UP_PART = 0.2;

/** Runs `run`, which does `perRun` things, until `count` are done; a fifth more before that is not counted. */
export function measure(
  clock: Clock,
  { count, perRun }: { readonly count: number; readonly perRun: number },
  run: () => number,
): Measured {
  const runs = Math.ceil(count / perRun);
  let kept = 0;
  for (let i = 0; i < runs * WARM_UP_PART; i += 1) kept += run();
  const times = new Float64Array(runs);
  for (let i = 0; i < runs; i += 1) {
    const startNs = clock.monotonicNs();
    kept += run();
    times[i] = Number(clock.monotonicNs() - startNs);
  }
  if (kept === 0) throw new Error('nothing was done');
  const sorted = times.toSorted();
  const usOf = (all: Float64Array) => all.reduce((sum, ns) => sum + ns, 0) / all.length / perRun / 1000;
  return {
    usEach: usOf(times),
    usBest: usOf(sorted.subarray(0, Math.ceil(runs / 10))),
    bytesEach: allocated(run) / perRun,
  };
}

/** Growth of the memory over one run right after a collection; the smallest of many, for others allocate too. */
function allocated(run: () => number): number {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 30; i += 1) {
    globalThis.gc?.();
    const before = process.memoryUsage();
    run();
    const after = process.memoryUsage();
    const grown = after.heapUsed - before.heapUsed + (after.arrayBuffers - before.arrayBuffers);
    if (grown > 0) least = Math.min(least, grown);
  }
  return least;
}
