import type { Ns } from '@tapeclock/domain';
import type { AppendRecord, LogPosition, LogRecord, ReadLimit } from '../event-log.ts';
import type { TopicCatalogue } from '../topic-catalogue.ts';

/** The durable half of the memory log: what every process sees and no crash takes away. */
export interface MemoryStore {
  write(topic: string, record: AppendRecord, nowNs: Ns): LogPosition;
  read(topic: string, partition: number, fromOffset: bigint, limit: ReadLimit): readonly LogRecord[];
  end(topic: string, partition: number): bigint;
  offsetAt(topic: string, partition: number, atNs: Ns): bigint;
  all(topic: string): readonly LogRecord[];
}

export function memoryStore(catalogue: TopicCatalogue): MemoryStore {
  const topics = new Map(
    catalogue.names.map((name) => [
      name,
      Array.from({ length: catalogue.partitionCount(name) }, (): LogRecord[] => []),
    ]),
  );
  const recordsOf = (topic: string, partition: number): LogRecord[] => {
    catalogue.check({ topic, partition });
    return topics.get(topic)?.[partition] ?? [];
  };
  return {
    write(topic, record, nowNs) {
      const partition = catalogue.partitionOf(topic, record.key);
      const records = recordsOf(topic, partition);
      const offset = BigInt(records.length);
      const lastNs = records.at(-1)?.appendedNs ?? nowNs;
      records.push({
        topic,
        partition,
        offset,
        key: record.key,
        value: record.value,
        headers: record.headers ?? {},
        // Never back within a partition, also when the clock steps back: offsetAt searches by it.
        appendedNs: laterOf(nowNs, lastNs),
      });
      return { topic, partition, offset };
    },
    read(topic, partition, fromOffset, limit) {
      const records = recordsOf(topic, partition);
      const found: LogRecord[] = [];
      let bytes = 0;
      for (let i = Number(fromOffset < 0n ? 0n : fromOffset); i < records.length; i += 1) {
        const record = records[i];
        if (record === undefined || found.length >= limit.recordsMax) break;
        bytes += record.value.length + record.key.length;
        if (found.length > 0 && bytes > limit.bytesMax) break;
        found.push(record);
      }
      return found;
    },
    end: (topic, partition) => BigInt(recordsOf(topic, partition).length),
    offsetAt(topic, partition, atNs) {
      const records = recordsOf(topic, partition);
      const index = records.findIndex((record) => record.appendedNs >= atNs);
      return BigInt(index < 0 ? records.length : index);
    },
    all(topic) {
      catalogue.partitionCount(topic);
      return (topics.get(topic) ?? []).flat();
    },
  };
}

function laterOf(a: Ns, b: Ns): Ns {
  if (a > b) return a;
  return b;
}
