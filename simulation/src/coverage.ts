import type { Facts } from './facts/facts.ts';
import { endingOf } from './invariants/reports.ts';
import type { World } from './world/world.ts';

/** How often each way of things was taken in a run. */
export type Coverage = ReadonlyMap<string, number>;

export function coverageOf(world: World, facts: Facts): Coverage {
  const counts = new Map<string, number>();
  const count = (name: string, by = 1): void => {
    counts.set(name, (counts.get(name) ?? 0) + by);
  };
  count(
    'submissions',
    world.systems.reduce((sum, { submissions }) => sum + submissions.length, 0),
  );
  count('executions', facts.received.size);
  count('breached', facts.alerts.breached.length);
  for (const { stage } of facts.repairs.values()) count(`repair: ${stage}`);
  for (const story of facts.reports.values()) {
    count(`report ${endingOf(story)}`);
    for (const { type, event } of story.outcomes) {
      if (type === 'ReportInDoubt') count(`in doubt: ${event.cause} → ${event.nextStep}`);
      if (type === 'ReportAccepted') count(`accepted by ${event.resolvedBy}`);
      if (type === 'ReportHeld') count(`held: ${event.cause}`);
      if (type === 'ReportRejected') count(`rejected: ${event.retryClass}`);
    }
  }
  return counts;
}
