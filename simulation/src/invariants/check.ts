import type { Facts } from '../facts/facts.ts';
import type { World } from '../world/world.ts';
import { executionsKept } from './executions.ts';
import { obligationsKept } from './obligations.ts';
import { orderKept } from './order.ts';
import { readModelEqualsReplay } from './read-model.ts';
import { acceptedOnce, reportsEnd } from './reports.ts';
import type { Violation } from './violation.ts';

/** Holds a run that has come to rest to every invariant. */
export async function checkInvariants(
  world: World,
  facts: Facts,
  run: { readonly converged: boolean; readonly unhandled: readonly string[] },
): Promise<readonly Violation[]> {
  const violations: Violation[] = [
    ...executionsKept(world, facts),
    ...acceptedOnce(facts),
    ...reportsEnd(facts),
    ...obligationsKept(facts, world.ground.clock.nowNs()),
    ...orderKept(world, facts),
    ...(await readModelEqualsReplay(world)),
  ];
  if (!run.converged && violations.length === 0) {
    violations.push({
      invariant: 'NOT_CONVERGED',
      subject: 'run',
      text: 'faults are long over and something still waits',
      lineageId: null,
    });
  }
  for (const text of run.unhandled) {
    violations.push({ invariant: 'UNHANDLED_FAULT', subject: 'process', text, lineageId: null });
  }
  return violations;
}
