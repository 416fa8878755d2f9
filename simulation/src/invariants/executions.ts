import type { Facts } from '../facts/facts.ts';
import type { World } from '../world/world.ts';
import type { Violation } from './violation.ts';

/** What the sender's session took a number for must be on the log, and what is on the log must be decided. */
export function executionsKept(world: World, facts: Facts): Violation[] {
  const violations: Violation[] = [];
  const onTheLog = new Set<string>();
  for (const { source, sourceExecutionId } of facts.received.values()) {
    onTheLog.add(`${source} ${sourceExecutionId}`);
  }
  for (const { source, sourceExecutionId } of facts.repairs.values()) {
    onTheLog.add(`${source} ${sourceExecutionId}`);
  }
  for (const { session, submissions } of world.systems) {
    for (const { sourceExecutionId, numbered } of submissions) {
      const name = `${session.source} ${sourceExecutionId}`;
      if (!numbered || onTheLog.has(name)) continue;
      violations.push({
        invariant: 'EXECUTION_LOST',
        subject: name,
        text: `session ${session.sessionId} handed it over and the log does not have it`,
        lineageId: null,
      });
    }
  }
  for (const { executionId, meta } of facts.received.values()) {
    if (facts.decided.has(executionId)) continue;
    violations.push({
      invariant: 'EXECUTION_UNDECIDED',
      subject: executionId,
      text: 'received, but neither decided nor in repair',
      lineageId: meta.lineageId,
    });
  }
  for (const letter of facts.deadLetters) {
    violations.push({
      invariant: 'DEAD_LETTER',
      subject: `${letter.service} ${letter.topic}/${letter.partition}/${letter.offset}`,
      text: `${letter.code}: ${letter.text}`,
      lineageId: letter.meta.lineageId,
    });
  }
  return violations;
}
