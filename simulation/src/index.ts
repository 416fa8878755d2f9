export type { Coverage } from './coverage.ts';
export { FAULT_KINDS, type FaultKind } from './faults/fault.ts';
export { INVARIANTS, type Invariant, type Violation } from './invariants/violation.ts';
export { MUTATIONS, type Mutation } from './mutations/mutation.ts';
export { runSeed, type SeedOptions, type SeedResult } from './run-seed.ts';
export { simulateSeeds, type Totals } from './simulate.ts';
export { loadProduct, type Product } from './world/product.ts';
