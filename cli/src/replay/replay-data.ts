import type { Rulebook } from '@tapeclock/domain';
import {
  enrichmentProcessor,
  loadReference,
  ReferenceBook,
  rulebookDecide,
  settingsOf,
} from '@tapeclock/enrichment';
import type { LogRecord } from '@tapeclock/event-log';
import { diskFileStore } from '@tapeclock/ports';
import { type EncodedEvent, TOPICS } from '@tapeclock/schemas';
import { loadRulebook, readEvent } from '@tapeclock/service';
import { type LogReader, openLogReader } from '../log-reader.ts';
import { REFERENCE_FOLDER, RULEBOOK_FOLDER } from '../product-folders.ts';
import { compare, type DecidedExecution, type Difference, decidedBy } from './compare.ts';

export interface ReplayResult {
  readonly rulebookVersion: string;
  readonly decided: number;
  readonly differences: readonly Difference[];
}

const BATCH = { recordsMax: 2_000, bytesMax: 8 * 1024 * 1024 } as const;

/**
 * Decides everything on the log again and compares with what was decided then. Reference updates made during the day are
 * not replayed: differences they cause show as such.
 */
export async function replayData(
  dataFolder: string,
  { rulebookFolder = RULEBOOK_FOLDER, referenceFolder = REFERENCE_FOLDER } = {},
): Promise<ReplayResult> {
  const rulebook = await loadRulebook(rulebookFolder);
  const reader = await openLogReader(dataFolder);
  try {
    const now = await decideLog(reader, rulebook, referenceFolder);
    const then = new Map<string, DecidedExecution>();
    for (const topic of [TOPICS.tradesReportable, TOPICS.executionsRejected]) {
      for await (const event of reader.events(topic)) {
        const made = event === null ? null : decidedBy(event);
        if (made !== null && !then.has(made.key)) then.set(made.key, made);
      }
    }
    return { rulebookVersion: rulebook.version, decided: now.size, differences: differencesOf(then, now) };
  } finally {
    await reader.close();
  }
}

/** Runs the very step that enrichment runs over the inputs on the log, in the order in which the log took them. */
export async function decideLog(
  reader: LogReader,
  rulebook: Rulebook,
  referenceFolder: string = REFERENCE_FOLDER,
): Promise<ReadonlyMap<string, DecidedExecution>> {
  const reference = new ReferenceBook(await loadReference(diskFileStore(referenceFolder), ''));
  const processor = enrichmentProcessor(settingsOf({ decide: rulebookDecide(rulebook) }), reference);
  const now = new Map<string, DecidedExecution>();
  const take = (output: EncodedEvent): void => {
    const made = decidedBy(reader.codec.decode(output.value));
    if (made !== null) now.set(made.key, made);
  };
  for (let partition = 0; partition < reader.log.partitionCount(TOPICS.executionsReceived); partition += 1) {
    const state = processor.init(partition);
    for await (const record of inOrder(reader, processor.inputs, partition)) {
      const event = await readEvent(record, reader.codec);
      if ('failure' in event) continue;
      const context = { nowNs: record.appendedNs, codec: reader.codec, record };
      for (const output of processor.step(state, event, context)) take(output);
    }
  }
  return now;
}

export function differencesOf(
  before: ReadonlyMap<string, DecidedExecution>,
  after: ReadonlyMap<string, DecidedExecution>,
): readonly Difference[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const executionId = (before.get(key) ?? after.get(key))?.executionId ?? key;
    return compare(executionId, before.get(key)?.decided, after.get(key)?.decided);
  });
}

/** Records of one partition number over several topics, as the log took them; of equals the first topic's first. */
async function* inOrder(
  reader: LogReader,
  topics: readonly string[],
  partition: number,
): AsyncGenerator<LogRecord> {
  const heads = await Promise.all(
    topics.map(async (topic) => {
      const records = recordsOf(reader, topic, partition);
      return { records, head: await records.next() };
    }),
  );
  for (;;) {
    let first: (typeof heads)[number] | null = null;
    for (const one of heads) {
      if (one.head.done === true) continue;
      if (
        first === null ||
        first.head.done === true ||
        one.head.value.appendedNs < first.head.value.appendedNs
      )
        first = one;
    }
    if (first === null || first.head.done === true) return;
    yield first.head.value;
    first.head = await first.records.next();
  }
}

async function* recordsOf(
  { log }: LogReader,
  topic: string,
  partition: number,
): AsyncGenerator<LogRecord, void> {
  const end = await log.endOffset(topic, partition);
  let from = 0n;
  while (from < end) {
    const records = await log.read(topic, partition, from, BATCH);
    const last = records.at(-1);
    if (last === undefined) return;
    yield* records;
    from = last.offset + 1n;
  }
}
