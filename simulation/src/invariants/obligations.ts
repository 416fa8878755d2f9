import type { Facts } from '../facts/facts.ts';
import { endingOf } from './reports.ts';
import type { Violation } from './violation.ts';

/** Two hosts' clocks may be this far apart while faults last, and the tracker may be a moment behind. */
const SLACK_NS = 5_000_000_000n;

/** Warned before breached; and an obligation ends met or stays open, and then its breach is told. */
export function obligationsKept(facts: Facts, nowNs: bigint): Violation[] {
  const violations: Violation[] = [];
  const breached = new Set<string>();
  for (const breach of facts.alerts.breached) {
    breached.add(breach.executionId);
    if (breach.warnedBefore) continue;
    violations.push({
      invariant: 'BREACH_NOT_WARNED',
      subject: breach.executionId,
      text: 'the breach was declared and no warning came before it',
      lineageId: breach.lineageId,
    });
  }
  const disappeared = (executionId: string, lineageId: string, text: string): void => {
    violations.push({ invariant: 'OBLIGATION_DISAPPEARED', subject: executionId, text, lineageId });
  };
  const settled = new Set<string>();
  for (const { executionId, closed } of facts.repairs.values()) {
    if (closed !== null && executionId !== null) settled.add(executionId);
  }
  for (const story of facts.reports.values()) {
    const { executionId, lineageId } = story;
    if (endingOf(story) === 'accepted') {
      settled.add(executionId);
      if (!facts.alerts.met.has(executionId)) {
        disappeared(executionId, lineageId, 'accepted, and the tracker never said that it is met');
      }
    }
  }
  const overdue = (executionId: string, dueAtNs: bigint): boolean =>
    !settled.has(executionId) && !breached.has(executionId) && dueAtNs + SLACK_NS < nowNs;
  for (const { executionId, lineageId, dueAtNs } of facts.reports.values()) {
    if (overdue(executionId, dueAtNs))
      disappeared(executionId, lineageId, 'overdue, and no breach was declared');
  }
  for (const { executionId, lineageId, dueAtNs, closed } of facts.repairs.values()) {
    if (executionId === null || dueAtNs === null || closed !== null) continue;
    if (overdue(executionId, dueAtNs)) {
      disappeared(executionId, lineageId, 'in repair and overdue, and no breach was declared');
    }
  }
  return violations;
}
