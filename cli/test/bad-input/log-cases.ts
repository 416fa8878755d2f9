import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { TOPICS } from '@tapeclock/schemas';
import { openLogReader } from '../../src/log-reader.ts';
import type { DeadLetterShown } from './board.ts';
import type { World } from './world.ts';

const FUTURE_SCHEMA = 999_999;

/** Records that a service of today cannot read. Leaves dead letters behind, which `verify` is right to show. */
export async function logCases(t: TestContext, world: World): Promise<number> {
  const unreadable = [
    { name: 'a schema from the future', value: header(FUTURE_SCHEMA), code: 'SCHEMA_UNKNOWN' },
    { name: 'a body that is cut short', value: header(1), code: 'BODY_UNREADABLE' },
    { name: 'bytes in no known format', value: Buffer.from('hello'), code: 'NOT_WIRE_FORMAT' },
  ];
  for (const { name, value, code } of unreadable) {
    await t.test(
      `${name} on a topic is set aside with its bytes, and the stream behind it goes on`,
      async () => {
        const { log, close } = await openLogReader(world.product.dataDir);
        try {
          // One in each partition: whichever the next execution meets, it stands behind one of these.
          const partitions = log.partitionCount(TOPICS.executionsReceived);
          const keys = Array.from({ length: 64 }, (_, n) => `K${n}`);
          const records = Array.from({ length: partitions }, (_, partition) =>
            keys.find((key) => log.partitionOf(TOPICS.executionsReceived, key) === partition),
          ).map((key) => ({ topic: TOPICS.executionsReceived, key: key ?? '', value }));
          await log.append(records);
          const mine = await world.until(`dead letters ${code}`, async () => {
            const { items } = await world.board.get<{ items: DeadLetterShown[] }>(
              '/api/dead-letters?limit=500',
            );
            const found = items.filter((item) => item.code === code && item.service === 'enrichment');
            return found.length === partitions && found;
          });
          for (const letter of mine) {
            assert.equal(letter.topic, TOPICS.executionsReceived);
            assert.equal(letter.raw.hex, value.toString('hex'));
            assert.ok(letter.text.length > 5, letter.text);
          }
          for (let count = 0; count < partitions; count += 1) await world.goesOn();
        } finally {
          await close();
        }
      },
    );
  }
  return unreadable.length;
}

function header(schemaId: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt32BE(schemaId, 1);
  return bytes;
}
