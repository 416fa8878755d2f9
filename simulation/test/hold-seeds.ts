import assert from 'node:assert/strict';
import { loadProduct, simulateSeeds, type Totals } from '../src/index.ts';
import { violationLines } from '../src/print-violation.ts';

/** Runs a row of seeds and fails on the first that breaks an invariant, with its story and how to run it again. */
export async function holdSeeds(from: number, seeds: number): Promise<Totals> {
  const product = await loadProduct();
  return simulateSeeds({
    product,
    from,
    seeds,
    onSeed(result) {
      assert.equal(result.violations.length, 0, violationLines(result).join('\n'));
      return true;
    },
  });
}
