import type { EventLog, LogRecord } from '@tapeclock/event-log';
import { type EventCodec, TOPICS } from '@tapeclock/schemas';
import type { PreparePart } from '../world/parts.ts';

/**
 * What the reporter reads back after a restart as intended or in doubt it takes for held: not sent yet, so it sends it
 * again under a new number. Its sessions, which are restored before it joins its group, still know their numbers.
 */
export function resendUnknownOutcome(start: PreparePart, codec: EventCodec): PreparePart {
  const asHeld = (record: LogRecord): LogRecord => {
    const { type, event } = codec.decode(record.value);
    if (type !== 'ReportIntended' && type !== 'ReportInDoubt') return record;
    const { meta, reportId, executionId, revision, action, facility, dueAtNs } = event;
    const held = codec.record('ReportHeld', {
      meta,
      reportId,
      executionId,
      revision,
      action,
      facility,
      cause: 'SESSION_DOWN',
      untilNs: null,
      dueAtNs,
    });
    return { ...record, value: held.value };
  };
  return (environment) => {
    const { log } = environment;
    let joined = false;
    const read: EventLog['read'] = async (topic, ...rest) => {
      const records = await log.read(topic, ...rest);
      return joined && topic === TOPICS.reportsOutcome ? records.map(asHeld) : records;
    };
    const join: EventLog['join'] = (options) => {
      joined = true;
      return log.join(options);
    };
    return start({ ...environment, log: { ...log, read, join } });
  };
}
