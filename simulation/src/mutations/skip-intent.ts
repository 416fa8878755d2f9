import type { EventLog } from '@tapeclock/event-log';
import type { EventCodec } from '@tapeclock/schemas';
import type { PreparePart } from '../world/parts.ts';

/** Says that an intent is durable and forgets it. */
export function skipIntent(start: PreparePart, codec: EventCodec): PreparePart {
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
