import assert from 'node:assert/strict';
import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import test from 'node:test';
import Database from 'better-sqlite3';
import type { LogError } from '../../src/index.ts';
import { range, readAll, record, textOf } from '../contract/log-under-test.ts';
import { type EmbeddedWorld, embeddedWorld } from './embedded-world.ts';

const TOPICS = [{ name: 'single', partitions: 1 }];
const TORN = (part: string) => (error: LogError) =>
  error.code === 'TORN_FILE' && error.message.includes(part) && error.message.includes('single.db');

function damaged(behaviour: string, run: (world: EmbeddedWorld, path: string) => Promise<void>): void {
  test(behaviour, { timeout: 60_000 }, async () => {
    const world = embeddedWorld(TOPICS);
    try {
      const log = await world.open('a');
      for (const n of range(200)) void log.append([record('single', 'k', `${n} ${'x'.repeat(500)}`)]);
      await log.close();
      await run(world, `${world.directory}/single.db`);
    } finally {
      await world.dispose();
    }
  });
}

damaged(
  'a file cut short is refused when it is opened, with its path and what to do',
  async ({ open }, path) => {
    truncateSync(path, Math.floor(statSync(path).size / 2));
    await assert.rejects(open('b'), TORN('restore'));
  },
);

damaged('a file that is no database is refused', async ({ open }, path) => {
  writeFileSync(path, 'tape'.repeat(1000));
  await assert.rejects(open('b'), TORN('not a database'));
  writeFileSync(path, '');
  await assert.rejects(open('c'), TORN('it is empty'));
});

damaged(
  'acknowledged records that are gone are noticed, though the file by itself is sound',
  async ({ open, directory }, path) => {
    copyFileSync(path, `${path}.old`);
    const log = await open('b');
    await log.append([record('single', 'k', 'newest')]);
    await log.close();
    copyFileSync(`${path}.old`, path);
    await assert.rejects(open('c'), TORN('201 records were acknowledged and 200 are there'));
    rmSync(`${directory}/single.bell`);
    assert.equal(
      (await readAll(await open('d'), 'single', 0)).length,
      200,
      'removing the bell accepts the loss',
    );
  },
);

damaged(
  'a WAL damaged after a power cut does not lose acknowledged records in silence',
  async ({ open, directory }, path) => {
    const log = await open('b');
    await log.append([record('single', 'k', 'one')]);
    await log.append([record('single', 'k', 'two')]);
    // The writing thread takes requests in turn: once it answers this, it has rung the bell for the last append.
    await log.limitPages('single', null);
    // What a power cut would leave, with the end of the WAL in pieces.
    const after = `${directory}/after`;
    mkdirSync(after);
    for (const name of ['single.db', 'single.bell']) copyFileSync(`${directory}/${name}`, `${after}/${name}`);
    const wal = readFileSync(`${path}-wal`);
    wal.fill(0, wal.length - 4000);
    writeFileSync(`${after}/single.db-wal`, wal);
    await assert.rejects(open('c', { directory: after }), TORN('acknowledged'));
  },
);

damaged(
  'a damaged record in the middle is refused when it is read, and the alert is raised',
  async ({ open }, path) => {
    const db = new Database(path);
    db.prepare('UPDATE record SET value = ? WHERE id = 20').run(Buffer.from('forged'));
    db.close();
    const alerts: string[] = [];
    const log = await open('b', { onAlert: (error) => alerts.push(error.code) });
    assert.equal((await log.read('single', 0, 0n, { recordsMax: 20, bytesMax: 1e6 })).length, 20);
    await assert.rejects(
      log.read('single', 0, 20n, { recordsMax: 1, bytesMax: 1e6 }),
      TORN('record 20 of partition 0'),
    );
    assert.deepEqual(alerts, ['TORN_FILE']);
  },
);

damaged('a gap among the last records is refused when the file is opened', async ({ open }, path) => {
  const db = new Database(path);
  db.prepare('DELETE FROM record WHERE id = 190').run();
  db.close();
  await assert.rejects(open('b'), TORN('190'));
});

damaged('another number of partitions is refused: keys would change places', async ({ open }) => {
  await assert.rejects(
    open('b', { topics: [{ name: 'single', partitions: 2 }] }),
    (error: LogError) =>
      error.code === 'PARTITION_COUNT_CHANGED' && error.message.includes('has 1 partitions, 2 are declared'),
  );
});

damaged('old records are trimmed but for what a group has to read and the last one', async ({ open }) => {
  const log = await open('b');
  const all = await readAll(log, 'single', 0);
  const newest = all.at(-1);
  assert.ok(newest);
  const assigned = Promise.withResolvers<void>();
  const membership = await log.join({
    group: 'g',
    memberId: 'm',
    topics: ['single'],
    onAssignment: async () => assigned.resolve(),
  });
  await assigned.promise;
  await membership.commit([{ topic: 'single', partition: 0, offset: 50n }]);
  assert.equal(await log.trim('single', newest.appendedNs + 1n), 50);
  assert.equal((await readAll(log, 'single', 0))[0]?.offset, 50n);
  assert.equal(await log.trim('single', newest.appendedNs + 1n, { force: true }), 149);
  assert.deepEqual((await readAll(log, 'single', 0)).map(textOf), [textOf(newest)]);
  const [position] = await log.append([record('single', 'k', 'next')]);
  assert.equal(position?.offset, 200n);
});
