import { topicCatalogue } from '@tapeclock/event-log';
import { TOPICS, topicDeclarations } from '@tapeclock/schemas';

const { partitionOf } = topicCatalogue(topicDeclarations);

/**
 * Record key of what one partition says about `subject`: the first of `subject`, `subject#1`, … that the log puts into that
 * same partition of the alerts. Whoever takes the partition over reads there what was said before, so that an alert
 * raised by one instance is cleared by the next.
 */
export function keyIn(partition: number, subject: string): string {
  for (let n = 0; ; n += 1) {
    const key = n === 0 ? subject : `${subject}#${n}`;
    if (partitionOf(TOPICS.obligationsAlerts, key) === partition) return key;
  }
}
