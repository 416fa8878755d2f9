import type { Ns } from '@tapeclock/domain';
import type { LogRecord, ReadLimit } from '../event-log.ts';
import { offsetOf, rowId, rowIdEnd } from './row-id.ts';
import { openTopicReader, torn } from './topic-file.ts';
import { checksumHolds, type RecordRow } from './verify-topic.ts';

/** A topic's file as readers see it: committed, durable records only. Throws SQLite's errors and `TORN_FILE`. */
export interface TopicReader {
  read(partition: number, fromOffset: bigint, limit: ReadLimit): readonly LogRecord[];
  end(partition: number): bigint;
  offsetAt(partition: number, atNs: Ns): bigint;
  /** Whether anybody has committed since the last call. */
  changed(): boolean;
  close(): void;
}

export function topicReader(path: string, topic: string, partitions: number): TopicReader {
  const db = openTopicReader(path);
  const scan = db
    .prepare<[bigint, bigint, number], RecordRow>(
      'SELECT * FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT ?',
    )
    .safeIntegers();
  const first = db
    .prepare<[bigint, bigint], bigint>('SELECT id FROM record WHERE id >= ? AND id < ? ORDER BY id LIMIT 1')
    .pluck()
    .safeIntegers();
  const lastOfEach = db.prepare<[number], bigint | null>(LAST_OF_EACH).pluck().safeIntegers();
  const stamp = db
    .prepare<[bigint], bigint>('SELECT appended_ns FROM record WHERE id >= ? LIMIT 1')
    .pluck()
    .safeIntegers();
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  let seenVersion = version.get();

  const toRecord = (partition: number, row: RecordRow): LogRecord => ({
    topic,
    partition,
    offset: offsetOf(row.id),
    key: row.key,
    value: row.value,
    headers: row.headers === '' ? {} : (JSON.parse(row.headers) as Record<string, string>),
    appendedNs: row.appended_ns,
  });
  // A consumer woken for one record asks every partition of its own. The ends of all, fetched in one query per change of
  // the file, answer the many that have nothing.
  let ends: readonly bigint[] = [];
  let endsVersion: number | undefined;
  const endId = (partition: number): bigint => {
    const now = version.get();
    if (now !== endsVersion) {
      ends = lastOfEach.all(partitions).map((id, n) => (id === null ? rowId(n, 0n) : id + 1n));
      endsVersion = now;
    }
    return ends[partition] ?? rowId(partition, 0n);
  };

  return {
    read(partition, fromOffset, limit) {
      const found: LogRecord[] = [];
      let bytes = 0;
      const from = rowId(partition, fromOffset < 0n ? 0n : fromOffset);
      if (from >= endId(partition)) return found;
      // Row by row: a page of large values never lies in memory beyond the limit and one record.
      for (const row of scan.iterate(from, rowIdEnd(partition), limit.recordsMax)) {
        bytes += row.value.length + row.key.length;
        if (found.length > 0 && bytes > limit.bytesMax) break;
        if (!checksumHolds(row)) {
          throw torn(path, `record ${offsetOf(row.id)} of partition ${partition} fails its checksum`);
        }
        found.push(toRecord(partition, row));
      }
      return found;
    },
    end: (partition) => offsetOf(endId(partition)),
    offsetAt(partition, atNs) {
      // appended_ns never falls within a partition and only a beginning is ever trimmed: halve the rest.
      const end = endId(partition);
      let low = first.get(rowId(partition, 0n), rowIdEnd(partition)) ?? end;
      let high = end;
      while (low < high) {
        const middle = (low + high) / 2n;
        if ((stamp.get(middle) ?? atNs) < atNs) low = middle + 1n;
        else high = middle;
      }
      return offsetOf(low);
    },
    changed() {
      const now = version.get();
      const changed = now !== seenVersion;
      seenVersion = now;
      return changed;
    },
    close: () => db.close(),
  };
}

const LAST_OF_EACH = `
  WITH RECURSIVE place (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM place WHERE n + 1 < ?)
  SELECT (SELECT id FROM record WHERE id >= n << 48 AND id < (n + 1) << 48 ORDER BY id DESC LIMIT 1) FROM place`;
