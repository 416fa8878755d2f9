import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LogError } from '../../src/index.ts';
import {
  contractCase,
  type LogFactory,
  type LogUnderTest,
  range,
  readAll,
  record,
  textOf,
} from './log-under-test.ts';

/** Records: order, durability, bounds, places, wake-up. */
export function recordContract(name: string, factory: LogFactory): void {
  const behaves = (behaviour: string, run: (world: LogUnderTest) => Promise<void>): void =>
    contractCase(name, factory, behaviour, run);
  const code = (expected: string) => (error: LogError) => error.code === expected;

  behaves('appends that nobody awaited keep their order inside a partition', async ({ open }) => {
    const log = await open('a');
    await Promise.all(range(300).map((n) => log.append([record('single', `k${n % 3}`, String(n))])));
    assert.deepEqual((await readAll(log, 'single', 0)).map(textOf), range(300).map(String));
  });

  behaves(
    'an append answers with the place of each record, in the order given, over several topics',
    async ({ open }) => {
      const log = await open('a');
      const given = range(12).map((n) =>
        record(['trades', 'alerts', 'single'][n % 3] ?? '', `key ${n}`, String(n)),
      );
      const positions = await log.append(given);
      for (const [n, position] of positions.entries()) {
        const [found] = await log.read(position.topic, position.partition, position.offset, {
          recordsMax: 1,
          bytesMax: 1,
        });
        assert.equal(found && textOf(found), String(n));
        assert.equal(position.topic, given[n]?.topic);
        assert.equal(position.partition, log.partitionOf(position.topic, `key ${n}`));
      }
    },
  );

  behaves('a record comes back as it was given, whatever its key, headers and bytes', async ({ open }) => {
    const [writer, reader] = [await open('a'), await open('b')];
    let offset = 0n;
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(
        text,
        fc.dictionary(text, text, { noNullPrototype: true }),
        fc.uint8Array({ maxLength: 3000 }),
        async (key, headers, value) => {
          await writer.append([{ topic: 'single', key, value, headers }]);
          for (const log of [writer, reader]) {
            const [found] = await log.read('single', 0, offset, { recordsMax: 1, bytesMax: 1 });
            assert.equal(found?.key, key);
            assert.deepEqual({ ...found?.headers }, headers);
            assert.ok(Buffer.from(value).equals(found?.value ?? Buffer.of(1)));
          }
          offset += 1n;
        },
      ),
      { numRuns: 60 },
    );
  });

  behaves(
    'an acknowledged record is there for other processes and after the writer was killed',
    async ({ open, kill }) => {
      const writer = await open('a');
      const reader = await open('b');
      await writer.append(range(40).map((n) => record('trades', `k${n}`, String(n))));
      await kill('a');
      const again = await open('a');
      for (const log of [reader, again]) {
        const all = (
          await Promise.all(range(4).map((partition) => readAll(log, 'trades', partition)))
        ).flat();
        assert.deepEqual(
          all.map((found) => Number(textOf(found))).sort((a, b) => a - b),
          range(40),
        );
      }
    },
  );

  behaves('closing waits for what was appended, and refuses what comes after', async ({ open }) => {
    const log = await open('a');
    const appended = log.append([record('single', 'k', 'last')]);
    await log.close();
    await appended;
    await assert.rejects(log.append([record('single', 'k', 'late')]), code('CLOSED'));
    const again = await open('a');
    assert.deepEqual((await readAll(again, 'single', 0)).map(textOf), ['last']);
  });

  behaves('a read ends at recordsMax, or before the record that would exceed bytesMax', async ({ open }) => {
    const [writer, reader] = [await open('a'), await open('b')];
    await writer.append(range(10).map(() => record('single', 'k', 'x'.repeat(1000))));
    for (const log of [writer, reader]) {
      assert.equal((await log.read('single', 0, 0n, { recordsMax: 3, bytesMax: 1e6 })).length, 3);
      assert.equal((await log.read('single', 0, 2n, { recordsMax: 10, bytesMax: 2500 })).length, 2);
      assert.equal(
        (await log.read('single', 0, 0n, { recordsMax: 10, bytesMax: 10 })).length,
        1,
        'a large one comes alone',
      );
      assert.equal((await log.read('single', 0, 10n, { recordsMax: 10, bytesMax: 1e6 })).length, 0);
      assert.equal((await log.read('single', 0, 99n, { recordsMax: 10, bytesMax: 1e6 })).length, 0);
    }
  });

  behaves('the end offset is where the next record goes', async ({ open }) => {
    const [writer, reader] = [await open('a'), await open('b')];
    assert.equal(await reader.endOffset('single', 0), 0n);
    const [position] = await writer.append([record('single', 'k', '0')]);
    assert.equal(await reader.endOffset('single', 0), (position?.offset ?? 0n) + 1n);
    assert.equal(await writer.endOffset('single', 0), (position?.offset ?? 0n) + 1n);
  });

  behaves('offsetAt finds the first record appended at or after an instant', async ({ open, until }) => {
    const log = await open('a');
    for (const n of range(6)) {
      const [position] = await log.append([record('single', 'k', String(n))]);
      const [found] = await log.read('single', 0, position?.offset ?? 0n, { recordsMax: 1, bytesMax: 1 });
      // Each at an instant of its own.
      let rounds = 0;
      await until(() => rounds++ > 0);
      assert.ok(found);
    }
    const all = await readAll(log, 'single', 0);
    for (const [n, found] of all.entries()) {
      const first = all.findIndex((other) => other.appendedNs >= found.appendedNs);
      assert.equal(await log.offsetAt('single', 0, found.appendedNs), all[first]?.offset);
      assert.ok(n === 0 || (all[n - 1]?.appendedNs ?? 0n) <= found.appendedNs, 'appendedNs never falls');
    }
    const newest = all.at(-1);
    assert.ok(newest);
    assert.equal(await log.offsetAt('single', 0, newest.appendedNs + 1n), newest.offset + 1n);
    assert.equal(await log.offsetAt('single', 0, 0n), all[0]?.offset);
  });

  behaves('keys fall on the partitions that Kafka would give them', async ({ open }) => {
    const log = await open('a');
    // (murmur2 & 0x7fffffff) % 4 with the hashes of Kafka's own UtilsTest.
    const hashes: readonly (readonly [string, number])[] = [
      ['21', -973932308],
      ['foobar', -790332482],
      ['a-little-bit-long-string', -985981536],
      ['a-little-bit-longer-string', -1486304829],
      ['lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8', -58897971],
      ['abc', 479470107],
    ];
    for (const [key, hash] of hashes)
      assert.equal(log.partitionOf('trades', key), (hash & 0x7fffffff) % 4, key);
    assert.equal(log.partitionCount('trades'), 4);
  });

  behaves(
    'an undeclared topic or partition and an oversized record are refused by name',
    async ({ open }) => {
      const log = await open('a');
      await assert.rejects(log.append([record('nowhere', 'k', 'x')]), code('UNKNOWN_TOPIC'));
      await assert.rejects(log.read('trades', 4, 0n, { recordsMax: 1, bytesMax: 1 }), code('UNKNOWN_TOPIC'));
      await assert.rejects(
        log.append([{ topic: 'trades', key: 'k', value: new Uint8Array(9 * 1024 * 1024) }]),
        code('RECORD_TOO_LARGE'),
      );
      assert.throws(() => log.partitionOf('nowhere', 'k'), code('UNKNOWN_TOPIC'));
    },
  );

  behaves(
    'readers are woken in the same and in other processes, until they unsubscribe',
    async ({ open, until }) => {
      const [writer, reader] = [await open('a'), await open('b')];
      const wakes = { same: 0, other: 0, gone: 0 };
      writer.onAppended('trades', () => {
        wakes.same += 1;
      });
      reader.onAppended('trades', () => {
        wakes.other += 1;
      });
      reader.onAppended('trades', () => {
        wakes.gone += 1;
      })();
      await writer.append([record('trades', 'k', '1')]);
      await until(() => wakes.same > 0 && wakes.other > 0);
      const before = wakes.other;
      await writer.append([record('trades', 'k', '2')]);
      await until(() => wakes.other > before);
      assert.equal(wakes.gone, 0);
    },
  );

  behaves('two processes append to one topic: everything once, each in its own order', async ({ open }) => {
    const logs = [await open('a'), await open('b')];
    // Turn by turn, so that the two really interleave instead of each being committed in one batch.
    await Promise.all(
      logs.map(async (log, who) => {
        for (const n of range(200)) await log.append([record('trades', `k${n % 8}`, `${who}:${n}`)]);
      }),
    );
    for (const log of logs) {
      const all = (await Promise.all(range(4).map((partition) => readAll(log, 'trades', partition)))).flat();
      assert.equal(new Set(all.map(textOf)).size, 400);
      assert.equal(all.length, 400);
      for (const who of [0, 1]) {
        for (const key of range(8).map((n) => `k${n}`)) {
          const mine = all
            .filter((found) => found.key === key && textOf(found).startsWith(`${who}:`))
            .map((found) => Number(textOf(found).slice(2)));
          assert.deepEqual(
            mine,
            [...mine].sort((a, b) => a - b),
          );
        }
      }
    }
  });
}
