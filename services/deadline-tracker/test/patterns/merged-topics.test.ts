import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { seededRandom, virtualClock } from '@tapeclock/ports/virtual';
import { MergedTopics } from '../../src/patterns/merged-topics.ts';

const TOPICS = [
  { name: 'a', partitions: 3 },
  { name: 'b', partitions: 3 },
];

test('partitions of uneven length come as one stream in the order in which the log took them, each record once', async () => {
  const clock = virtualClock(1_000_000_000n);
  const memory = memoryEventLog({ clock, topics: TOPICS });
  const log = memory.handle('reader');
  const random = seededRandom(7);
  const append = async (count: number) => {
    for (let n = 0; n < count; n += 1) {
      // Most go to one partition: it is read in several rounds while the others are at their end.
      const key = random.nextU32() % 10 < 8 ? 'often' : `k${random.nextU32() % 50}`;
      const topic = random.nextU32() % 2 === 0 ? 'a' : 'b';
      await log.append([{ topic, key, value: new Uint8Array([0]) }]);
      await clock.advance(1_000n);
    }
  };
  await append(3_000);
  const merged = await MergedTopics.from(
    log,
    TOPICS.flatMap(({ name, partitions }) =>
      Array.from({ length: partitions }, (_, partition) => ({ topic: name, partition, fromNs: 0n })),
    ),
  );
  const seen: bigint[] = [];
  const places = new Set<string>();
  const drain = async () => {
    for (let records = await merged.next(); records.length > 0; records = await merged.next()) {
      for (const { appendedNs, topic, partition, offset } of records) {
        seen.push(appendedNs);
        places.add(`${topic}/${partition}/${offset}`);
      }
    }
  };
  await drain();
  await append(200);
  await drain();
  assert.equal(seen.length, 3_200);
  assert.equal(places.size, 3_200);
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => (a < b ? -1 : 1)),
  );
});
