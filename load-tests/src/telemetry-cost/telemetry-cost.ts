import type { Clock } from '@tapeclock/ports';
import { type RunSettings, runRate } from '../bench/run-rate.ts';
import { type ArmComparison, type ArmRun, armOrder, compareArms, FIGURES } from './compare-arms.ts';
import { openSpanSink } from './span-sink.ts';

export interface TelemetryCost {
  readonly runs: readonly ArmRun[];
  readonly comparisons: readonly ArmComparison[];
}

const ARMS = ['no collector', '1 % of trades', 'every trade'] as const;
type Arm = (typeof ARMS)[number];
const SHARE: Readonly<Record<Exclude<Arm, 'no collector'>, string>> = {
  '1 % of trades': '0.01',
  'every trade': '1',
};

/**
 * What sending spans costs: the same bench without a collector, with one at the default share, and with every trade
 * traced, side by side in `rounds` rounds. Rejects when a run lost an execution, or an arm sent what it should not have.
 */
export async function telemetryCost(
  clock: Clock,
  settings: Omit<RunSettings, 'variables'>,
  rounds: number,
): Promise<TelemetryCost> {
  const sink = await openSpanSink();
  const runs: ArmRun[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      for (const arm of armOrder(ARMS, round)) {
        const variables =
          arm === 'no collector'
            ? { OTEL_EXPORTER_OTLP_ENDPOINT: '' }
            : {
                OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint,
                TAPECLOCK_TELEMETRY_TRACE_SHARE: SHARE[arm],
              };
        sink.take();
        const run = await runRate(clock, { ...settings, variables });
        const spans = sink.take();
        if (run.offered !== run.taken + run.refused || run.taken !== run.accepted + run.repairs) {
          throw new Error(`${arm}: ${run.offered} offered, ${run.taken} taken, ${run.accepted} accepted`);
        }
        if (spans > 0 !== (arm !== 'no collector')) throw new Error(`${arm}: ${spans} spans arrived`);
        const perThousandMs = (seconds: number | null): number =>
          ((seconds ?? 0) * 1e6) / Math.max(1, run.measured);
        const { p50, p99 } = run.latencyMs.bytesInToBytesOut;
        const found: ArmRun = {
          arm,
          round,
          p50Ms: p50,
          p99Ms: p99,
          hotCpuMs: perThousandMs(run.cpuSeconds.hot),
          watchCpuMs: perThousandMs(run.cpuSeconds.watch),
          spans,
        };
        runs.push(found);
        console.log(
          `round ${round + 1}, ${arm}: p50 ${p50} ms, p99 ${p99} ms, ` +
            `hot ${found.hotCpuMs.toFixed(0)} and watch ${found.watchCpuMs.toFixed(0)} ms of processor per 1,000; ${spans} spans`,
        );
      }
    }
  } finally {
    await sink.close();
  }
  return { runs, comparisons: compareArms(runs, ARMS[0]) };
}

/** The table that goes into a document: medians, and in brackets each ratio's median with its extremes. */
export function costTable({ comparisons }: TelemetryCost): string {
  const head = '|  | p50, ms | p99, ms | hot, ms per 1,000 | watch, ms per 1,000 | spans |';
  const rows = comparisons.map(({ arm, median, ratio, spans }, index) => {
    const cells = FIGURES.map((figure) => {
      const value = median[figure].toFixed(figure.endsWith('CpuMs') ? 0 : 2);
      if (index === 0) return value;
      const { median: middle, min, max } = ratio[figure];
      return `${value} (× ${middle.toFixed(2)}; ${min.toFixed(2)} … ${max.toFixed(2)})`;
    });
    return `| ${arm} | ${cells.join(' | ')} | ${spans} |`;
  });
  return [head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}
