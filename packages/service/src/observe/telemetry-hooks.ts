import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { Telemetry } from '@tapeclock/telemetry';
import type { ProcessorHooks } from '../processor/partition-run.ts';

/** What every processor says about itself, without saying it itself. */
export function telemetryHooks(
  service: string,
  { logger, metrics }: Telemetry,
  clock: Clock,
): ProcessorHooks {
  return {
    onBatch({ partition, inputs, oldestAppendedNs }) {
      metrics.count('tapeclock_processor_records_total', { service }, inputs);
      if (oldestAppendedNs === null) return;
      const lag = Number(clock.nowNs() - oldestAppendedNs) / Number(NS_PER_SECOND);
      metrics.set(
        'tapeclock_processor_lag_seconds',
        { service, partition: String(partition) },
        Math.max(0, lag),
      );
    },
    onDeadLetter(record, code, text) {
      metrics.count('tapeclock_dead_letters_total', { service, code });
      const { topic, partition, offset } = record;
      logger.error('record set aside as a dead letter', {
        service,
        code,
        cause: text,
        place: `${topic}/${partition}/${offset}`,
      });
    },
    onStall(error) {
      metrics.count('tapeclock_log_stalls_total', { service, code: error.code });
      logger.warn('the log refuses for now; waiting', { service, code: error.code });
    },
  };
}
