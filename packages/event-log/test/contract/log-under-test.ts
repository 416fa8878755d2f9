import { test } from 'node:test';
import type { EventLog, LogRecord, TopicDeclaration } from '../../src/index.ts';

/** One log that several processes, real or pretended, share. */
export interface LogUnderTest {
  open(process: string): Promise<EventLog>;
  /** The process dies: no goodbye, no answers. */
  kill(process: string): Promise<void>;
  /** Lets time pass until the condition holds; never returns otherwise (the runner's timeout ends it). */
  until(condition: () => boolean | Promise<boolean>): Promise<void>;
  dispose(): Promise<void>;
}

export type LogFactory = (topics: readonly TopicDeclaration[]) => Promise<LogUnderTest>;

export const TOPICS: readonly TopicDeclaration[] = [
  { name: 'trades', partitions: 4 },
  { name: 'outcomes', partitions: 4 },
  { name: 'alerts', partitions: 2 },
  { name: 'single', partitions: 1 },
];

export function contractCase(
  adapter: string,
  factory: LogFactory,
  behaviour: string,
  run: (world: LogUnderTest) => Promise<void>,
): void {
  test(`${adapter}: ${behaviour}`, { timeout: 60_000 }, async () => {
    const world = await factory(TOPICS);
    try {
      await run(world);
    } finally {
      await world.dispose();
    }
  });
}

const PAGE = { recordsMax: 7, bytesMax: 10_000 };

/** Everything in one partition, page by page. */
export async function readAll(
  log: EventLog,
  topic: string,
  partition: number,
): Promise<readonly LogRecord[]> {
  const all: LogRecord[] = [];
  for (let from = 0n; ; ) {
    const page = await log.read(topic, partition, from, PAGE);
    const last = page.at(-1);
    if (last === undefined) return all;
    all.push(...page);
    from = last.offset + 1n;
  }
}

export const textOf = (record: { readonly value: Uint8Array }): string =>
  Buffer.from(record.value).toString();

export function record(
  topic: string,
  key: string,
  text: string,
): { topic: string; key: string; value: Uint8Array } {
  return { topic, key, value: Buffer.from(text) };
}

export function range(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => index);
}
