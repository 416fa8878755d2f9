import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type EventLog, LogError } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import type { Metrics } from '@tapeclock/telemetry';

/** The log, with the time and number of its appends measured. */
export function observedLog(log: EventLog, clock: Clock, metrics: Metrics): EventLog {
  return {
    async append(records) {
      const startNs = clock.monotonicNs();
      try {
        const positions = await log.append(records);
        const topic = records[0]?.topic;
        if (topic !== undefined) {
          metrics.observe('tapeclock_log_append_seconds', { topic }, seconds(clock.monotonicNs() - startNs));
          metrics.count('tapeclock_log_records_total', { topic }, records.length);
        }
        return positions;
      } catch (error) {
        if (error instanceof LogError && error.retryable) {
          metrics.count('tapeclock_log_stalls_total', { service: 'log', code: error.code });
        }
        throw error;
      }
    },
    read: (topic, partition, fromOffset, limit) => log.read(topic, partition, fromOffset, limit),
    endOffset: (topic, partition) => log.endOffset(topic, partition),
    offsetAt: (topic, partition, atNs) => log.offsetAt(topic, partition, atNs),
    committed: (group, topic, partition) => log.committed(group, topic, partition),
    partitionCount: (topic) => log.partitionCount(topic),
    partitionOf: (topic, key) => log.partitionOf(topic, key),
    onAppended: (topic, wake) => log.onAppended(topic, wake),
    join: (options) => log.join(options),
    close: () => log.close(),
  };
}

function seconds(ns: Ns): number {
  return Number(ns) / Number(NS_PER_SECOND);
}
