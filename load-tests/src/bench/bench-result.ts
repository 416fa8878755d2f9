import type { Machine } from './machine.ts';
import type { RunResult } from './run-rate.ts';

export interface Target {
  readonly text: string;
  readonly met: boolean;
  readonly found: string;
}

/** One call of `npm run bench`, as load-tests/results/*.json keeps it. */
export interface BenchResult {
  readonly startedAt: string;
  readonly machine: Machine;
  readonly runs: readonly RunResult[];
  readonly targets: readonly Target[];
}

const P99_MS_MAX = 25;

/** Holds runs at the rates that have a target against it; a rate that was not run has no entry. */
export function judgeTargets(runs: readonly RunResult[]): readonly Target[] {
  return runs.flatMap((run): Target[] => {
    const whole = isWhole(run);
    if (run.settings.rate === 2_000) {
      const { p99 } = run.latencyMs.bytesInToBytesOut;
      return [
        {
          text: `2,000/s: p99 at most ${P99_MS_MAX} ms from bytes in to bytes out, nothing lost`,
          met: whole && p99 <= P99_MS_MAX,
          found: `p99 ${p99.toFixed(1)} ms, ${lossText(run)}`,
        },
      ];
    }
    if (run.settings.rate === 5_000) {
      return [
        {
          text: '5,000/s: nothing lost, no breach',
          met: whole && run.late === 0 && run.breached === 0,
          found: `${lossText(run)}, ${run.late} late, ${run.breached} breached`,
        },
      ];
    }
    return [];
  });
}

/** Every execution offered is accounted for, and `verify` found nothing. Refusals are allowed; losses are not. */
export function isAccounted(run: RunResult): boolean {
  return (
    run.offered === run.taken + run.refused &&
    run.taken === run.accepted + run.repairs &&
    Object.keys(run.exceptions).length === 0
  );
}

function isWhole(run: RunResult): boolean {
  return run.refused === 0 && isAccounted(run);
}

function lossText(run: RunResult): string {
  return `${run.offered} offered, ${run.refused} refused, ${run.accepted} accepted, ${run.repairs} in repair`;
}
