import { gatherFacts } from '../facts/facts.ts';
import type { World } from '../world/world.ts';
import { executionsKept } from './executions.ts';
import { acceptedOnce, reportsEnd } from './reports.ts';

/** Whether everything has come to rest: handed over, decided, reported or shown. */
export function hasConverged(world: World): boolean {
  if (!world.systems.every(({ nothingLeft }) => nothingLeft)) return false;
  const facts = gatherFacts(world);
  return (
    executionsKept(world, facts).length === 0 &&
    reportsEnd(facts).length === 0 &&
    acceptedOnce(facts).every(({ invariant }) => invariant !== 'LOG_AND_FACILITY_DIFFER')
  );
}
