import { mkdirSync } from 'node:fs';
import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { AppendRecord, EventLog, JoinOptions, LogPosition, TopicDeclaration } from '../event-log.ts';
import { joinGroup, type MemberSession } from '../group/member-session.ts';
import { LogError } from '../log-error.ts';
import { topicCatalogue } from '../topic-catalogue.ts';
import type { PlacedRecord } from './batch.ts';
import { diskError } from './disk-error.ts';
import { openTopicLog, type TopicLog } from './topic-log.ts';
import { startWriter } from './writer-client.ts';
import { writerGroups } from './writer-groups.ts';

export interface EmbeddedLogOptions {
  /** Made where it does not exist. Must be on a local disk: SQLite's WAL needs shared memory. */
  readonly directory: string;
  readonly clock: Clock;
  readonly topics: readonly TopicDeclaration[];
  /** @default 200 ms */
  readonly heartbeatNs?: Ns;
  /**
   * A member whose heartbeats cease for so long loses its partitions. Shorter takes over sooner, and takes partitions from
   * members that were merely held up. @default 1 s
   */
  readonly sessionTimeoutNs?: Ns;
  /** Key, headers and value together. @default 8 MiB */
  readonly recordBytesMax?: number;
  /** What may wait for the disk, per topic; beyond it `append` rejects with `OVERLOADED`. @default 64 MiB */
  readonly pendingBytesMax?: number;
  /** Newest own records kept for readers in this process, per topic. @default 4 MiB */
  readonly tailBytesMax?: number;
  /** A person must look: disk full or failing, a torn file, a dead writing thread. Called at each occurrence. */
  readonly onAlert?: (error: LogError) => void;
}

export interface TrimOptions {
  /** Delete also what a group has not read yet. @default false */
  readonly force?: boolean;
}

export interface EmbeddedEventLog extends EventLog {
  /**
   * Deletes records appended before `beforeNs`, resolving to how many. Keeps what a group that ever committed to the topic
   * has yet to read, unless forced, and always the last record of each partition. In slices, so that appends go on.
   */
  trim(topic: string, beforeNs: Ns, options?: TrimOptions): Promise<number>;
  /** Dies as a killed process would, memberships and all; for tests. What is under way rejects with `CLOSED`. */
  abort(): Promise<void>;
  /** Lets the topic's file grow to so many pages only, as if the disk were full; for tests. `null` lifts it. */
  limitPages(topic: string, pagesMax: number | null): Promise<void>;
}

const MIB = 1024 * 1024;
const TRIM_ROWS = 2_000;

/**
 * The log in one directory, one SQLite file per topic, shared by any number of processes of one host.
 * Rejects with `TORN_FILE`, `PARTITION_COUNT_CHANGED`, `DISK_FULL` or `DISK_FAILED`, naming the file.
 */
export async function openEmbeddedLog(options: EmbeddedLogOptions): Promise<EmbeddedEventLog> {
  const { directory, clock, topics, recordBytesMax = 8 * MIB } = options;
  const catalogue = topicCatalogue(topics);
  const alert = (error: unknown): void => options.onAlert?.(diskError(error, directory));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const client = await startWriter({ directory, topics }, alert);
  const groups = writerGroups(client, `${directory}/groups.bell`, alert);
  const logs = new Map(
    topics.map((topic, index): [string, TopicLog] => [
      topic.name,
      openTopicLog({
        directory,
        clock,
        topic,
        index,
        client,
        pendingBytesMax: options.pendingBytesMax ?? 64 * MIB,
        tailBytesMax: options.tailBytesMax ?? 4 * MIB,
        alert,
      }),
    ]),
  );
  const sessions = new Set<MemberSession>();
  let closed = false;

  const logOf = (topic: string): TopicLog => {
    const log = logs.get(topic);
    if (log === undefined) throw new LogError('UNKNOWN_TOPIC', `topic "${topic}" is not declared`);
    return log;
  };
  const checkOpen = (): void => {
    if (closed) throw new LogError('CLOSED', `the log in ${directory} is closed`);
  };
  const partitionLog = (topic: string, partition: number): TopicLog => {
    checkOpen();
    catalogue.check({ topic, partition });
    return logOf(topic);
  };
  const place = (record: AppendRecord): PlacedRecord => {
    const bytes = recordBytes(record);
    if (bytes > recordBytesMax) {
      const { topic, key } = record;
      throw new LogError(
        'RECORD_TOO_LARGE',
        `topic ${topic}, key ${key.slice(0, 64)}: ${bytes} bytes; allowed are ${recordBytesMax}`,
      );
    }
    return { record, partition: catalogue.partitionOf(record.topic, record.key) };
  };
  const stop = (): void => {
    closed = true;
    groups.close();
    for (const log of logs.values()) log.close();
  };

  return {
    async append(records) {
      checkOpen();
      const byTopic = new Map<string, PlacedRecord[]>();
      for (const record of records) {
        const share = byTopic.get(record.topic);
        if (share === undefined) byTopic.set(record.topic, [place(record)]);
        else share.push(place(record));
      }
      const shares = [...byTopic];
      const [only] = shares;
      if (only === undefined) return [];
      if (shares.length === 1) return logOf(only[0]).append(only[1]);
      const done = new Map<string, LogPosition[]>();
      await Promise.all(
        shares.map(async ([topic, share]) =>
          done.set(topic, [...(await logOf(topic).append(share))].reverse()),
        ),
      );
      return records.map((record) => {
        const position = done.get(record.topic)?.pop();
        if (position === undefined) throw new Error(`no position for a record on ${record.topic}`);
        return position;
      });
    },
    read: async (topic, partition, fromOffset, limit) =>
      partitionLog(topic, partition).read(partition, fromOffset, limit),
    endOffset: async (topic, partition) => partitionLog(topic, partition).end(partition),
    offsetAt: async (topic, partition, atNs) => partitionLog(topic, partition).offsetAt(partition, atNs),
    async committed(group, topic, partition) {
      checkOpen();
      catalogue.check({ topic, partition });
      return groups.coordinator.committed(group, topic, partition);
    },
    partitionCount: catalogue.partitionCount,
    partitionOf: catalogue.partitionOf,
    onAppended(topic, wake) {
      checkOpen();
      return logOf(topic).onAppended(wake);
    },
    async join(join: JoinOptions) {
      checkOpen();
      const session = await joinGroup(join, {
        clock,
        coordinator: groups.coordinator,
        partitionCount: catalogue.partitionCount,
        heartbeatNs: options.heartbeatNs ?? 200n * NS_PER_MS,
        sessionTimeoutNs: options.sessionTimeoutNs ?? 1000n * NS_PER_MS,
        onTrouble: alert,
      });
      sessions.add(session);
      return session;
    },
    async trim(topic, beforeNs, { force = false } = {}) {
      let trimmed = 0;
      for (let partition = 0; partition < catalogue.partitionCount(topic); partition += 1) {
        const beforeOffset = partitionLog(topic, partition).offsetAt(partition, beforeNs);
        const index = catalogue.names.indexOf(topic);
        let slice: number;
        do {
          slice = await client.ask({
            kind: 'trim',
            topic: index,
            partition,
            beforeOffset,
            force,
            rowsMax: TRIM_ROWS,
          });
          trimmed += slice;
        } while (slice > 0);
      }
      return trimmed;
    },
    async limitPages(topic, pagesMax) {
      await client.ask({ kind: 'limitPages', topic: catalogue.names.indexOf(topic), pagesMax });
    },
    async abort() {
      if (closed) return;
      for (const session of sessions) session.abandon();
      stop();
      await client.terminate();
    },
    async close() {
      if (closed) return;
      closed = true;
      await Promise.allSettled([...sessions].map((session) => session.leave()));
      await Promise.all([...logs.values()].map((log) => log.idle()));
      stop();
      await client.ask({ kind: 'close' });
    },
  };
}

function recordBytes(record: AppendRecord): number {
  let bytes = record.key.length + record.value.length;
  for (const name in record.headers) bytes += name.length + (record.headers[name]?.length ?? 0);
  return bytes;
}
