import type { TopicDeclaration, TopicPartition } from './event-log.ts';
import { LogError } from './log-error.ts';
import { murmur2 } from './murmur2.ts';

/** Which topics a log holds and how their keys spread; the same answer in every adapter. */
export interface TopicCatalogue {
  readonly names: readonly string[];
  /** Throws `UNKNOWN_TOPIC`. */
  partitionCount(topic: string): number;
  /** As Kafka's default partitioner has it: positive murmur2 of the UTF-8 key, modulo. Throws `UNKNOWN_TOPIC`. */
  partitionOf(topic: string, key: string): number;
  /** Throws `UNKNOWN_TOPIC` where the topic has no such partition. */
  check(place: TopicPartition): void;
}

/** A topic's name is also its file's name: nothing that a file system or Kafka would read otherwise. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,99}$/;
/** The embedded log packs partition and offset into one 64-bit row id with 15 bits for the partition. */
export const PARTITIONS_MAX = 32_767;

export function topicCatalogue(topics: readonly TopicDeclaration[]): TopicCatalogue {
  const counts = new Map<string, number>();
  for (const { name, partitions } of topics) {
    if (!NAME.test(name)) throw new RangeError(`topic name "${name}": use a-z, 0-9, dot, dash, underscore`);
    if (!Number.isInteger(partitions) || partitions < 1 || partitions > PARTITIONS_MAX) {
      throw new RangeError(`topic ${name}: ${partitions} partitions; allowed are 1 … ${PARTITIONS_MAX}`);
    }
    if (counts.has(name)) throw new RangeError(`topic ${name} is declared twice`);
    counts.set(name, partitions);
  }
  const partitionCount = (topic: string): number => {
    const count = counts.get(topic);
    if (count === undefined) {
      throw new LogError(
        'UNKNOWN_TOPIC',
        `topic "${topic}" is not declared; declared are ${[...counts.keys()].join(', ')}`,
      );
    }
    return count;
  };
  const encoder = new TextEncoder();
  return {
    names: [...counts.keys()],
    partitionCount,
    partitionOf: (topic, key) => (murmur2(encoder.encode(key)) & 0x7fffffff) % partitionCount(topic),
    check({ topic, partition }) {
      const count = partitionCount(topic);
      if (!Number.isInteger(partition) || partition < 0 || partition >= count) {
        throw new LogError(
          'UNKNOWN_TOPIC',
          `topic ${topic} has partitions 0 … ${count - 1}, not ${partition}`,
        );
      }
    },
  };
}
