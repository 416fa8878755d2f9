/** What one run of one arm came to. */
export interface ArmRun {
  readonly arm: string;
  /** Runs of one round run at the same time, so that what else the machine does meets them alike. */
  readonly round: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processor time of the process hot per 1,000 executions, in milliseconds. */
  readonly hotCpuMs: number;
  /** The same of the process watch, which makes and sends the spans. */
  readonly watchCpuMs: number;
  readonly spans: number;
}

export const FIGURES = ['p50Ms', 'p99Ms', 'hotCpuMs', 'watchCpuMs'] as const;
export type Figure = (typeof FIGURES)[number];

/** An arm against the first one. Each ratio is taken within its round; told are their median and extremes. */
export interface ArmComparison {
  readonly arm: string;
  readonly median: Readonly<Record<Figure, number>>;
  readonly ratio: Readonly<
    Record<Figure, { readonly median: number; readonly min: number; readonly max: number }>
  >;
  readonly spans: number;
}

/** Compares every arm with `base`, round by round; a round that lacks either of the two is left out. */
export function compareArms(runs: readonly ArmRun[], base: string): readonly ArmComparison[] {
  const arms = [...new Set(runs.map(({ arm }) => arm))];
  return arms.map((arm) => {
    const own = runs.filter((run) => run.arm === arm);
    const ratiosOf = (figure: Figure): readonly number[] =>
      own.flatMap((run) => {
        const beside = runs.find((other) => other.arm === base && other.round === run.round);
        return beside === undefined || beside[figure] === 0 ? [] : [run[figure] / beside[figure]];
      });
    return {
      arm,
      median: perFigure((figure) => median(own.map((run) => run[figure]))),
      ratio: perFigure((figure) => {
        const ratios = ratiosOf(figure);
        return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
      }),
      spans: own.reduce((sum, { spans }) => sum + spans, 0),
    };
  });
}

/** The order in which the arms of a round are started: each is first, last and between equally often. */
export function armOrder<Arm>(arms: readonly Arm[], round: number): readonly Arm[] {
  const shift = round % arms.length;
  return [...arms.slice(shift), ...arms.slice(0, shift)];
}

function perFigure<Value>(of: (figure: Figure) => Value): Record<Figure, Value> {
  return Object.fromEntries(FIGURES.map((figure) => [figure, of(figure)])) as Record<Figure, Value>;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}
