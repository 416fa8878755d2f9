import { TOPICS } from '@tapeclock/schemas';
import type { Facts } from '../facts/facts.ts';
import type { World } from '../world/world.ts';
import type { Violation } from './violation.ts';

/** Within one key the log keeps the order in which things were said and done. */
export function orderKept(world: World, facts: Facts): Violation[] {
  const violations: Violation[] = [];
  const newest = new Map<string, { readonly seq: bigint; readonly id: string }>();
  for (const input of world.events(TOPICS.executionsReceived)) {
    if (input.type !== 'ExecutionReceived' || input.event.sessionSeq === null) continue;
    const { sessionId, sessionSeq, sourceExecutionId, meta } = input.event;
    const line = `${sessionId} ${meta.lineageId}`;
    const before = newest.get(line);
    if (before !== undefined && before.seq > sessionSeq) {
      violations.push({
        invariant: 'ORDER_BROKEN',
        subject: `${sessionId} ${sourceExecutionId}`,
        text: `message ${sessionSeq} stands behind message ${before.seq} (${before.id}) of its session`,
        lineageId: meta.lineageId,
      });
    }
    newest.set(line, { seq: sessionSeq, id: sourceExecutionId });
  }
  for (const story of facts.reports.values()) {
    const [first] = story.outcomes;
    const untold = first?.type === 'ReportAccepted' || first?.type === 'ReportInDoubt';
    if (!untold) continue;
    violations.push({
      invariant: 'ORDER_BROKEN',
      subject: story.key,
      text: `${first.type} stands on the log before any intent`,
      lineageId: story.lineageId,
    });
  }
  return violations;
}
