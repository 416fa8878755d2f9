import type { EventLog } from '@tapeclock/event-log';
import type { EventCodec } from '@tapeclock/schemas';
import type { StartPart } from '../world/parts.ts';

/** Says that an intent is durable and forgets it. */
export function skipIntent(start: StartPart, codec: EventCodec): StartPart {
  return (environment) => {
    const { log } = environment;
    const append: EventLog['append'] = async (records) => {
      const kept = records.filter(({ value }) => codec.decode(value).type !== 'ReportIntended');
      await log.append(kept);
      return records.map(({ topic, key }) => ({ topic, partition: log.partitionOf(topic, key), offset: 0n }));
    };
    return start({ ...environment, log: { ...log, append } });
  };
}
