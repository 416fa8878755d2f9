import type { EventLog } from '@tapeclock/event-log';
import { TOPICS } from '@tapeclock/schemas';
import type { PreparePart } from '../world/parts.ts';

/** Answers at once for executions; whether the log takes them is left to luck. */
export function acknowledgeBeforeDurable(start: PreparePart): PreparePart {
  return (environment) => {
    const { log } = environment;
    const append: EventLog['append'] = async (records) => {
      if (records.some(({ topic }) => topic !== TOPICS.executionsReceived)) return log.append(records);
      log.append(records).catch(() => {});
      return records.map(({ topic, key }) => ({ topic, partition: log.partitionOf(topic, key), offset: 0n }));
    };
    return start({ ...environment, log: { ...log, append } });
  };
}
