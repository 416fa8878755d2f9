import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { range, readAll, textOf } from '../contract/log-under-test.ts';
import { embeddedWorld } from './embedded-world.ts';
import { KILL_TOPIC } from './kill-topic.ts';

const APPENDER = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
const LANES = 2;
const KILLS_PER_LANE = 100;

/** Starts an appender and kills it in mid-append once it has acknowledged so many. Resolves to what it acknowledged. */
async function appendUntilKilled(
  directory: string,
  lane: number,
  first: number,
  acknowledgedMin: number,
): Promise<number[]> {
  const child = spawn(process.execPath, [APPENDER, directory, `L${lane}`, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: withCodeCache(directory),
  });
  let text = '';
  for await (const chunk of child.stdout) {
    text += chunk;
    if (text.split('\n').length > acknowledgedMin) child.kill('SIGKILL');
  }
  assert.equal(
    child.signalCode ?? (await new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))),
    'SIGKILL',
  );
  // A number cut off by the kill was not told, so nobody counts on it.
  return text.split('\n').slice(0, -1).map(Number);
}

test(`of ${LANES * KILLS_PER_LANE} appenders killed in mid-append, two at a time on one topic, every acknowledged record is there, in order, once`, {
  timeout: 180_000,
}, async () => {
  const world = embeddedWorld([KILL_TOPIC]);
  try {
    const acknowledged: string[] = [];
    // One that ends by itself leaves its compiled code for the others: each then starts in half the time.
    const warm = [APPENDER, world.directory, 'warm', '0', '3'];
    spawnSync(process.execPath, warm, {
      env: withCodeCache(world.directory),
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await Promise.all(
      range(LANES).map(async (lane) => {
        for (const round of range(KILLS_PER_LANE)) {
          const told = await appendUntilKilled(
            world.directory,
            lane,
            round * 1_000_000,
            1 + ((round * 37) % 90),
          );
          acknowledged.push(...told.map((n) => `L${lane} ${n}`));
        }
      }),
    );
    const log = await world.open('reader');
    const partitions = await Promise.all(
      range(KILL_TOPIC.partitions).map((partition) => readAll(log, KILL_TOPIC.name, partition)),
    );
    const present = partitions.flat().map(textOf);
    const unique = new Set(present);
    assert.equal(unique.size, present.length, 'a record is there twice');
    assert.deepEqual(
      acknowledged.filter((name) => !unique.has(name)),
      [],
      'acknowledged records are missing',
    );
    for (const records of partitions) {
      assert.deepEqual(
        records.map((record) => record.offset),
        range(records.length).map(BigInt),
        'offsets have a gap',
      );
      for (const lane of range(LANES)) {
        const numbers = records
          .map(textOf)
          .filter((text) => text.startsWith(`L${lane} `))
          .map((text) => Number(text.slice(3)));
        assert.deepEqual(
          numbers,
          [...numbers].sort((a, b) => a - b),
          'a lane is out of order',
        );
      }
    }
    assert.ok(acknowledged.length >= LANES * KILLS_PER_LANE);
  } finally {
    await world.dispose();
  }
});

function withCodeCache(directory: string): NodeJS.ProcessEnv {
  return { ...process.env, NODE_COMPILE_CACHE: `${directory}/code` };
}
