import type { EventLog, LogRecord } from '@tapeclock/event-log';

interface Lane {
  readonly topic: string;
  readonly partition: number;
  offset: bigint;
  /** Read and not yet handed on. */
  waiting: LogRecord[];
  /** The last read came back short: there was no more. */
  atEnd: boolean;
}

const BATCH = { recordsMax: 512, bytesMax: 4 * 1024 * 1024 } as const;

/**
 * All partitions of several topics as one stream, in the order in which the log took the records. A pattern is about a desk,
 * and a desk's trades are spread over all partitions.
 */
export class MergedTopics {
  readonly #log: EventLog;
  readonly #lanes: readonly Lane[];

  private constructor(log: EventLog, lanes: readonly Lane[]) {
    this.#log = log;
    this.#lanes = lanes;
  }

  static async from(
    log: EventLog,
    places: readonly { readonly topic: string; readonly partition: number; readonly fromNs: bigint }[],
  ): Promise<MergedTopics> {
    const lanes: Lane[] = [];
    for (const { topic, partition, fromNs } of places) {
      const offset = await log.offsetAt(topic, partition, fromNs);
      lanes.push({ topic, partition, offset, waiting: [], atEnd: false });
    }
    return new MergedTopics(log, lanes);
  }

  /** The next records in order; empty when everything that was there has been handed on. */
  async next(): Promise<readonly LogRecord[]> {
    for (const lane of this.#lanes) {
      if (lane.waiting.length > 0) continue;
      lane.waiting = [...(await this.#log.read(lane.topic, lane.partition, lane.offset, BATCH))];
      const last = lane.waiting.at(-1);
      if (last !== undefined) lane.offset = last.offset + 1n;
      lane.atEnd = lane.waiting.length < BATCH.recordsMax;
    }
    // What a lane has yet to tell is no earlier than the last it told.
    let untilNs: bigint | null = null;
    for (const { waiting, atEnd } of this.#lanes) {
      const lastNs = waiting.at(-1)?.appendedNs;
      if (atEnd || lastNs === undefined) continue;
      if (untilNs === null || lastNs < untilNs) untilNs = lastNs;
    }
    const records: LogRecord[] = [];
    for (const lane of this.#lanes) {
      const count = lane.waiting.findIndex(({ appendedNs }) => untilNs !== null && appendedNs > untilNs);
      records.push(...lane.waiting.splice(0, count === -1 ? lane.waiting.length : count));
    }
    return records.sort((a, b) => (a.appendedNs < b.appendedNs ? -1 : a.appendedNs > b.appendedNs ? 1 : 0));
  }
}
