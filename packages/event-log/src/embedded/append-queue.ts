import type { Ns } from '@tapeclock/domain';
import type { LogPosition, LogRecord } from '../event-log.ts';
import { LogError } from '../log-error.ts';
import { type PlacedRecord, packBatch, packedBytesMax } from './batch.ts';
import type { WriterResults } from './messages.ts';

export interface AppendQueueOptions {
  readonly topic: string;
  readonly nowNs: () => Ns;
  readonly send: (packed: ArrayBuffer) => Promise<WriterResults['append']>;
  /** Durable records, gapless and in order, one partition per call. */
  readonly onDurable: (partition: number, records: readonly LogRecord[]) => void;
  /** After `onDurable`, once per batch. */
  readonly onBatch: (total: bigint) => void;
  readonly onFailure: (error: unknown) => void;
  readonly pendingBytesMax: number;
}

export interface AppendQueue {
  append(records: readonly PlacedRecord[]): Promise<readonly LogPosition[]>;
  idle(): Promise<void>;
}

interface Append {
  readonly records: readonly PlacedRecord[];
  readonly bytes: number;
  readonly resolve: (positions: readonly LogPosition[]) => void;
  readonly reject: (error: unknown) => void;
}

/** One is being fsynced while the next lies ready; everything later is gathered into one batch meanwhile. */
const BATCHES_UNDERWAY_MAX = 2;
const BATCH_BYTES_MAX = 1024 * 1024;

/**
 * Group commit, seen from the caller: appends of one topic are gathered for as long as the disk is busy, and sent at the
 * end of the turn when it is not. Nothing ever waits for a batch to fill.
 */
export function appendQueue(options: AppendQueueOptions): AppendQueue {
  const { topic } = options;
  let queue: Append[] = [];
  let underway = 0;
  let pendingBytes = 0;
  let scheduled = false;
  let idlers: (() => void)[] = [];

  const takeBatch = (): Append[] => {
    let bytes = 0;
    let count = 0;
    for (const append of queue) {
      bytes += append.bytes;
      if (count > 0 && bytes > BATCH_BYTES_MAX) break;
      count += 1;
    }
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    return batch;
  };
  const flush = (): void => {
    scheduled = false;
    while (queue.length > 0 && underway < BATCHES_UNDERWAY_MAX) {
      underway += 1;
      void commit(takeBatch());
    }
  };
  const commit = async (batch: readonly Append[]): Promise<void> => {
    const records = batch.flatMap((append) => append.records);
    try {
      const { runs, total } = await options.send(packBatch(records, options.nowNs()));
      const positions = publish(records, runs);
      let at = 0;
      for (const append of batch) {
        append.resolve(positions.slice(at, at + append.records.length));
        at += append.records.length;
      }
      options.onBatch(total);
    } catch (error) {
      options.onFailure(error);
      for (const append of batch) append.reject(error);
    }
    underway -= 1;
    pendingBytes -= batch.reduce((sum, append) => sum + append.bytes, 0);
    flush();
    if (underway === 0) {
      for (const wake of idlers) wake();
      idlers = [];
    }
  };
  const publish = (records: readonly PlacedRecord[], runs: BigInt64Array): readonly LogPosition[] => {
    const byPartition = new Map<
      number,
      { next: bigint; readonly appendedNs: Ns; readonly done: LogRecord[] }
    >();
    for (let i = 0; i + 2 < runs.length; i += 3) {
      byPartition.set(Number(runs[i]), { next: runs[i + 1] ?? 0n, appendedNs: runs[i + 2] ?? 0n, done: [] });
    }
    const positions = records.map(({ record, partition }) => {
      const run = byPartition.get(partition);
      if (run === undefined) throw new Error(`the writer did not place partition ${partition} of ${topic}`);
      const durable: LogRecord = {
        topic,
        partition,
        offset: run.next,
        key: record.key,
        value: record.value,
        headers: record.headers ?? NO_HEADERS,
        appendedNs: run.appendedNs,
      };
      run.next += 1n;
      run.done.push(durable);
      return { topic, partition, offset: durable.offset };
    });
    for (const [partition, { done }] of byPartition) options.onDurable(partition, done);
    return positions;
  };

  return {
    append: (records) =>
      new Promise((resolve, reject) => {
        const bytes = records.reduce((sum, { record }) => sum + packedBytesMax(record), 0);
        if (pendingBytes > 0 && pendingBytes + bytes > options.pendingBytesMax) {
          const message = `topic ${topic}: ${pendingBytes} bytes wait for the disk already; append again later`;
          reject(new LogError('OVERLOADED', message));
          return;
        }
        pendingBytes += bytes;
        queue.push({ records, bytes, resolve, reject });
        if (scheduled) return;
        scheduled = true;
        queueMicrotask(flush);
      }),
    idle: () =>
      new Promise((resolve) => {
        if (underway === 0 && queue.length === 0) resolve();
        else idlers.push(resolve);
      }),
  };
}

const NO_HEADERS: Readonly<Record<string, string>> = Object.freeze({});
