import declared from '../topics.json' with { type: 'json' };
import type { EventTypes } from './events.generated.ts';

export type EventName = keyof EventTypes;

/** Topics by the name code uses; the value is the name on the log. */
export const TOPICS = {
  executionsReceived: 'executions.received',
  executionsRejected: 'executions.rejected',
  tradesReportable: 'trades.reportable',
  reportsOutcome: 'reports.outcome',
  obligationsAlerts: 'obligations.alerts',
  deskActions: 'desk.actions',
  catFiles: 'cat.files',
  catActivity: 'cat.activity',
  referenceUpdates: 'reference.updates',
  systemStatus: 'system.status',
  fixSessions: 'fix.sessions',
  deadLetters: 'dead.letters',
} as const;

/** All topics with their partition counts, as the log adapters want them. */
export const topicDeclarations: readonly { readonly name: string; readonly partitions: number }[] =
  declared.topics.map(({ name, partitions }) => ({ name, partitions }));

const topicByEvent = new Map(
  declared.topics.flatMap((topic) => topic.events.map((event) => [event, topic.name])),
);

/** The one topic an event belongs on. */
export function topicOf(event: EventName): string {
  const topic = topicByEvent.get(event);
  if (topic === undefined) throw new Error(`schemas/topics.json gives ${event} no topic`);
  return topic;
}
