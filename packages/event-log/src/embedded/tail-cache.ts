import type { LogRecord, ReadLimit } from '../event-log.ts';

/**
 * The newest records that this process appended, so that a consumer beside the producer reads them without a query.
 * Holds one gapless run per partition: when another process has appended in between, the run starts anew, and readers
 * of older offsets go to the file.
 */
export interface TailCache {
  /** Records of one partition, gapless among themselves and durable. */
  add(partition: number, records: readonly LogRecord[]): void;
  /** `null` where the cache cannot tell: ask the file. */
  read(partition: number, fromOffset: bigint, limit: ReadLimit): readonly LogRecord[] | null;
}

interface Run {
  records: LogRecord[];
  bytes: number;
}

export function tailCache(partitions: number, bytesMax: number): TailCache {
  const runs = Array.from({ length: partitions }, (): Run => ({ records: [], bytes: 0 }));
  const runBytesMax = bytesMax / partitions;

  return {
    add(partition, records) {
      const run = runs[partition];
      const first = records[0];
      if (run === undefined || first === undefined) return;
      const last = run.records.at(-1);
      if (last !== undefined && last.offset + 1n !== first.offset) {
        run.records = [];
        run.bytes = 0;
      }
      for (const record of records) {
        run.records.push(record);
        run.bytes += cost(record);
      }
      if (run.bytes <= runBytesMax) return;
      // Down to half at once, so that the cut is paid rarely and not per record.
      let cut = 0;
      while (run.bytes > runBytesMax / 2) {
        const record = run.records[cut];
        if (record === undefined) break;
        run.bytes -= cost(record);
        cut += 1;
      }
      run.records = run.records.slice(cut);
    },
    read(partition, fromOffset, limit) {
      const records = runs[partition]?.records;
      const first = records?.[0];
      if (records === undefined || first === undefined || fromOffset < first.offset) return null;
      const start = Number(fromOffset - first.offset);
      // Past the newest of ours there may be others' records.
      if (start >= records.length) return null;
      let bytes = 0;
      let end = start;
      for (; end < records.length && end - start < limit.recordsMax; end += 1) {
        const record = records[end];
        if (record === undefined) break;
        bytes += record.value.length + record.key.length;
        if (end > start && bytes > limit.bytesMax) break;
      }
      return records.slice(start, end);
    },
  };
}

/** Roughly what keeping it costs: the object and its bigints weigh about as much as a small value. */
function cost(record: LogRecord): number {
  return record.value.length + record.key.length + 300;
}
