import type { Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { LogPosition, LogRecord, ReadLimit, TopicDeclaration } from '../event-log.ts';
import { LogError } from '../log-error.ts';
import { appendQueue } from './append-queue.ts';
import type { PlacedRecord } from './batch.ts';
import { diskError } from './disk-error.ts';
import { tailCache } from './tail-cache.ts';
import { topicReader } from './topic-reader.ts';
import { topicWakeups } from './topic-wakeups.ts';
import type { WriterClient } from './writer-client.ts';

/** One topic as this process has it: the way to the writing thread, the newest records, the file, the doorbell. */
export interface TopicLog {
  append(records: readonly PlacedRecord[]): Promise<readonly LogPosition[]>;
  /** These three throw a `LogError`. */
  read(partition: number, fromOffset: bigint, limit: ReadLimit): readonly LogRecord[];
  end(partition: number): bigint;
  offsetAt(partition: number, atNs: Ns): bigint;
  onAppended(wake: () => void): () => void;
  /** Resolves when everything handed over has been answered. */
  idle(): Promise<void>;
  close(): void;
}

export interface TopicLogOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly topic: TopicDeclaration;
  readonly index: number;
  readonly client: WriterClient;
  readonly pendingBytesMax: number;
  readonly tailBytesMax: number;
  readonly alert: (error: unknown) => void;
}

export function openTopicLog(options: TopicLogOptions): TopicLog {
  const { directory, clock, topic, index, client, alert } = options;
  const path = `${directory}/${topic.name}.db`;
  const reader = topicReader(path, topic.name, topic.partitions);
  const tail = tailCache(topic.partitions, options.tailBytesMax);
  const wakeups = topicWakeups({
    bellPath: `${directory}/${topic.name}.bell`,
    clock,
    changed: reader.changed,
    onTrouble: alert,
  });
  const queue = appendQueue({
    topic: topic.name,
    nowNs: clock.nowNs,
    send: (packed) => client.ask({ kind: 'append', topic: index, packed }, [packed]),
    onDurable: tail.add,
    onBatch: wakeups.appended,
    onFailure(error) {
      if (!(error instanceof LogError && error.code === 'CLOSED')) alert(error);
    },
    pendingBytesMax: options.pendingBytesMax,
  });
  const ask = <T>(query: () => T): T => {
    try {
      return query();
    } catch (error) {
      const known = diskError(error, path);
      if (known.code === 'TORN_FILE') alert(known);
      throw known;
    }
  };

  return {
    append: queue.append,
    read: (partition, fromOffset, limit) =>
      tail.read(partition, fromOffset, limit) ?? ask(() => reader.read(partition, fromOffset, limit)),
    end: (partition) => ask(() => reader.end(partition)),
    offsetAt: (partition, atNs) => ask(() => reader.offsetAt(partition, atNs)),
    onAppended: wakeups.add,
    idle: queue.idle,
    close() {
      wakeups.close();
      reader.close();
    },
  };
}
