import type Database from 'better-sqlite3';
import { readBell } from './doorbell.ts';
import { recordChecksum } from './record-checksum.ts';
import { offsetOf, rowId, rowIdEnd } from './row-id.ts';
import { torn } from './topic-file.ts';

/** A record's row as SQLite gives it, with 64-bit integers. */
export interface RecordRow {
  readonly id: bigint;
  readonly appended_ns: bigint;
  readonly crc: bigint;
  readonly key: string;
  readonly headers: string;
  readonly value: Buffer;
}

export function checksumHolds(row: RecordRow): boolean {
  return recordChecksum(row.id, row.appended_ns, row.key, row.headers, row.value) === Number(row.crc);
}

/**
 * What can be checked at every start in milliseconds, whatever the size: the last records of each partition are whole
 * and without gap, and the topic has as many records as its doorbell has announced. The rest is checked as it is read.
 * (SQLite's quick_check reads the whole file: minutes for a day of a busy desk.)
 * Returns how many records the topic has ever had. Throws `TORN_FILE`.
 */
export function verifyTopic(
  db: Database.Database,
  path: string,
  bellPath: string,
  partitions: number,
): bigint {
  const tail = db
    .prepare<[bigint, bigint], RecordRow>(
      'SELECT * FROM record WHERE id >= ? AND id < ? ORDER BY id DESC LIMIT 64',
    )
    .safeIntegers();
  // Read first: the bell may only be behind the database, never ahead.
  const announced = readBell(bellPath) ?? 0n;
  let total = 0n;
  for (let partition = 0; partition < partitions; partition += 1) {
    const rows = tail.all(rowId(partition, 0n), rowIdEnd(partition));
    rows.forEach((row, index) => {
      const offset = offsetOf(row.id);
      if (!checksumHolds(row))
        throw torn(path, `record ${offset} of partition ${partition} fails its checksum`);
      const newer = rows[index - 1];
      if (newer !== undefined && newer.id !== row.id + 1n) {
        throw torn(
          path,
          `records ${offset + 1n} to ${offsetOf(newer.id) - 1n} of partition ${partition} are missing`,
        );
      }
    });
    const last = rows[0];
    if (last !== undefined) total += offsetOf(last.id) + 1n;
  }
  if (announced > total) {
    throw torn(path, `${announced} records were acknowledged and ${total} are there`);
  }
  return total;
}
