import type { Clock } from '@tapeclock/ports';
import { isAccounted } from '../bench/bench-result.ts';
import { type RunSettings, runRate } from '../bench/run-rate.ts';
import { type ArmComparison, type ArmRun, armOrder, compareArms, FIGURES } from './compare-arms.ts';
import { openSpanSink } from './span-sink.ts';

export interface TelemetryCost {
  readonly runs: readonly ArmRun[];
  readonly comparisons: readonly ArmComparison[];
}

/** Without traces, and with all of them: any share in between, such as the default 1 %, costs less than the second. */
const ARMS = ['no collector', 'every trade traced'] as const;
type Arm = (typeof ARMS)[number];

/** An arm did what it must not do, whatever the machine was busy with. */
class ArmFault extends Error {}

/**
 * What sending spans costs: the product without a collector and with every trade traced, both **at the same time** in each
 * round. What else the machine does, and it is never nothing, then meets both alike; run one after the other, a slow minute
 * of the machine looks like a cost. What they take from one another does not show in the latencies; it stands in the
 * processor time of the process watch. A round in which the machine could not bring both up is told and left out. Rejects
 * when a run lost an execution, or an arm sent what it should not have.
 */
export async function telemetryCost(
  clock: Clock,
  settings: Omit<RunSettings, 'variables'>,
  rounds: number,
): Promise<TelemetryCost> {
  const runs: ArmRun[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const settled = await Promise.allSettled(
      armOrder(ARMS, round).map((arm) => runArm(clock, settings, arm, round)),
    );
    const failed = settled.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    for (const reason of failed) {
      if (reason instanceof ArmFault) throw reason;
      console.log(`round ${round + 1} is left out: ${String(reason).split('\n')[0]}`);
    }
    if (failed.length > 0) continue;
    for (const run of settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))) {
      runs.push(run);
      console.log(
        `round ${round + 1}, ${run.arm}: p50 ${run.p50Ms} ms, p99 ${run.p99Ms} ms, hot ${run.hotCpuMs.toFixed(0)} and ` +
          `watch ${run.watchCpuMs.toFixed(0)} ms of processor per 1,000; ${run.spans} spans`,
      );
    }
  }
  return { runs, comparisons: compareArms(runs, ARMS[0]) };
}

async function runArm(
  clock: Clock,
  settings: Omit<RunSettings, 'variables'>,
  arm: Arm,
  round: number,
): Promise<ArmRun> {
  const sink = await openSpanSink();
  try {
    const variables =
      arm === 'no collector'
        ? { OTEL_EXPORTER_OTLP_ENDPOINT: '' }
        : { OTEL_EXPORTER_OTLP_ENDPOINT: sink.endpoint, TAPECLOCK_TELEMETRY_TRACE_SHARE: '1' };
    const run = await runRate(clock, { ...settings, variables });
    const spans = sink.spans();
    if (!isAccounted(run)) {
      throw new ArmFault(`${arm}: ${run.offered} offered, ${run.taken} taken, ${run.accepted} accepted`);
    }
    if (spans > 0 !== (arm !== 'no collector')) throw new ArmFault(`${arm}: ${spans} spans arrived`);
    const perThousandMs = (seconds: number | null): number =>
      ((seconds ?? 0) * 1e6) / Math.max(1, run.measured);
    const { p50, p99 } = run.latencyMs.bytesInToBytesOut;
    return {
      arm,
      round,
      p50Ms: p50,
      p99Ms: p99,
      hotCpuMs: perThousandMs(run.cpuSeconds.hot),
      watchCpuMs: perThousandMs(run.cpuSeconds.watch),
      spans,
    };
  } finally {
    await sink.close();
  }
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
