import type { Mutation } from './mutations/mutation.ts';
import { runSeed, type SeedResult } from './run-seed.ts';
import type { Product } from './world/product.ts';

export interface SimulationOptions {
  readonly product: Product;
  readonly from: number;
  readonly seeds: number;
  readonly mutation?: Mutation;
  readonly splitBrain?: boolean;
  /** Told after each seed; returning false ends the row. */
  readonly onSeed?: (result: SeedResult) => boolean;
}

/** Sums over a row of seeds. */
export interface Totals {
  seeds: number;
  violations: number;
  /** Seeds with at least one violation. */
  readonly failed: number[];
  readonly layouts: Map<string, number>;
  readonly intensities: Map<string, number>;
  readonly faults: Map<string, number>;
  readonly coverage: Map<string, number>;
}

/** Runs a row of seeds, one after the other: each is a run of its own and depends on nothing before it. */
export async function simulateSeeds(options: SimulationOptions): Promise<Totals> {
  const { product, mutation, splitBrain = false } = options;
  const totals: Totals = {
    seeds: 0,
    violations: 0,
    failed: [],
    layouts: new Map(),
    intensities: new Map(),
    faults: new Map(),
    coverage: new Map(),
  };
  for (let seed = options.from; seed < options.from + options.seeds; seed += 1) {
    const result = await runSeed({ seed, product, splitBrain, ...(mutation !== undefined && { mutation }) });
    totals.seeds += 1;
    totals.violations += result.violations.length;
    if (result.violations.length > 0) totals.failed.push(seed);
    add(totals.layouts, result.layout, 1);
    add(totals.intensities, result.intensity, 1);
    for (const [kind, count] of result.faults) add(totals.faults, kind, count);
    for (const [way, count] of result.coverage) add(totals.coverage, way, count);
    if (options.onSeed?.(result) === false) break;
  }
  return totals;
}

function add(counts: Map<string, number>, name: string, by: number): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}
