import type { TopicDeclaration } from '../event-log.ts';
import { unpackBatch } from './batch.ts';
import { type Bell, openBell, readBell } from './doorbell.ts';
import { recordChecksum } from './record-checksum.ts';
import { offsetOf, rowId, rowIdEnd } from './row-id.ts';
import { openTopicFile } from './topic-file.ts';
import { verifyTopic } from './verify-topic.ts';

/** Where a committed batch lies: per partition touched, three numbers: partition, first offset, appendedNs. */
export interface BatchPlaces {
  readonly runs: BigInt64Array<ArrayBuffer>;
  /** Records that the topic has ever had. */
  readonly total: bigint;
}

export interface TopicWriter {
  readonly path: string;
  /** Commits all or nothing and returns when the batch is on the disk. Throws SQLite's errors. */
  commit(packed: ArrayBuffer): BatchPlaces;
  ring(total: bigint): void;
  /** Deletes up to `rowsMax` records below `beforeOffset`, never the partition's last one. Returns how many. */
  trim(partition: number, beforeOffset: bigint, rowsMax: number): number;
  /** Fault injection: the file may not grow beyond so many pages; `null` lifts it. */
  limitPages(pagesMax: number | null): void;
  close(): void;
}

interface Edge {
  next: bigint;
  lastNs: bigint;
}

const PAGES_MAX = 4_294_967_294;

export function openTopicWriter(directory: string, topic: TopicDeclaration): TopicWriter {
  const path = `${directory}/${topic.name}.db`;
  const bellPath = `${directory}/${topic.name}.bell`;
  const db = openTopicFile(path, topic);
  let bell: Bell;
  try {
    const total = verifyTopic(db, path, bellPath, topic.partitions);
    bell = openBell(bellPath);
    // For a writer that was killed between its commit and the bell.
    if (readBell(bellPath) !== total) bell.ring(total);
  } catch (error) {
    db.close();
    throw error;
  }
  const insert = db.prepare('INSERT INTO record VALUES (?, ?, ?, ?, ?, ?)');
  const edge = db
    .prepare<[bigint, bigint], { id: bigint; appended_ns: bigint }>(
      'SELECT id, appended_ns FROM record WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 1',
    )
    .safeIntegers();
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  const [begin, finish, rollback] = ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK'].map((sql) => db.prepare(sql));
  const remove = db.prepare('DELETE FROM record WHERE id >= ? AND id < ?');

  let edges: Edge[] = [];
  let seenVersion: number | undefined;
  const readEdges = (): void => {
    edges = Array.from({ length: topic.partitions }, (_, partition) => {
      const last = edge.get(rowId(partition, 0n), rowIdEnd(partition));
      return last === undefined
        ? { next: 0n, lastNs: 0n }
        : { next: offsetOf(last.id) + 1n, lastNs: last.appended_ns };
    });
  };

  const write = (packed: ArrayBuffer): BatchPlaces => {
    // SQLite changes data_version when another connection has committed: only then are the edges not what we left.
    const nowVersion = version.get();
    if (nowVersion !== seenVersion) readEdges();
    seenVersion = nowVersion;
    const { nowNs, records } = unpackBatch(packed);
    const runs = new Map<number, readonly [bigint, bigint]>();
    for (const { partition, key, headers, value } of records) {
      const at = edges[partition];
      if (at === undefined) throw new RangeError(`topic ${topic.name} has no partition ${partition}`);
      if (nowNs > at.lastNs) at.lastNs = nowNs;
      const offset = at.next;
      at.next += 1n;
      if (!runs.has(partition)) runs.set(partition, [offset, at.lastNs]);
      const id = rowId(partition, offset);
      const crc = recordChecksum(id, at.lastNs, key, headers, value);
      insert.run(id, at.lastNs, crc, key.toString('utf8'), headers.toString('utf8'), value);
    }
    return {
      runs: new BigInt64Array(
        [...runs].flatMap(([partition, [first, ns]]) => [BigInt(partition), first, ns]),
      ),
      total: edges.reduce((sum, { next }) => sum + next, 0n),
    };
  };

  return {
    path,
    commit(packed) {
      begin?.run();
      try {
        const places = write(packed);
        finish?.run();
        return places;
      } catch (error) {
        // The edges ran ahead of what is there.
        seenVersion = undefined;
        if (db.inTransaction) rollback?.run();
        throw error;
      }
    },
    ring: (total) => bell.ring(total),
    trim(partition, beforeOffset, rowsMax) {
      const first = db
        .prepare<[bigint, bigint], bigint>(
          'SELECT id FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT 1',
        )
        .pluck()
        .safeIntegers()
        .get(rowId(partition, 0n), rowIdEnd(partition));
      const last = edge.get(rowId(partition, 0n), rowIdEnd(partition));
      if (first === undefined || last === undefined) return 0;
      const ends = [rowId(partition, beforeOffset), last.id, first + BigInt(rowsMax)];
      const end = ends.reduce((least, id) => (id < least ? id : least));
      return end <= first ? 0 : remove.run(first, end).changes;
    },
    limitPages(pagesMax) {
      db.pragma(`max_page_count = ${pagesMax ?? PAGES_MAX}`);
    },
    close() {
      bell.close();
      db.close();
    },
  };
}
