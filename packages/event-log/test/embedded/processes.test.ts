import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Clock } from '@tapeclock/ports';
import type { TopicPartition } from '../../src/index.ts';
import { range, readAll, textOf } from '../contract/log-under-test.ts';
import { clock, embeddedWorld, until } from './embedded-world.ts';
import { KILL_TOPIC } from './kill-topic.ts';

const APPENDER = fileURLToPath(new URL('./appending-process.ts', import.meta.url));
const MEMBER = fileURLToPath(new URL('./member-process.ts', import.meta.url));

function start(script: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** Timers never fire: whatever wakes a reader under this clock was not a poll. */
const timeless: Clock = { ...clock, after: () => ({ cancel() {} }) };

test("a reader is woken by another process's append without any timer", { timeout: 60_000 }, async () => {
  const world = embeddedWorld([KILL_TOPIC]);
  try {
    const log = await world.open('reader', { clock: timeless });
    const everything = async () =>
      (await Promise.all(range(3).map((partition) => readAll(log, KILL_TOPIC.name, partition)))).flat();
    const found = Promise.withResolvers<void>();
    log.onAppended(KILL_TOPIC.name, async () => {
      if ((await everything()).length === 3) found.resolve();
    });
    start(APPENDER, world.directory, 'other', '0', '1');
    await found.promise;
    assert.deepEqual((await everything()).map(textOf).sort(), ['other 0', 'other 1', 'other 2']);
  } finally {
    await world.dispose();
  }
});

test('the partitions of a killed process move to a living one, with what it committed', {
  timeout: 60_000,
}, async () => {
  const world = embeddedWorld([KILL_TOPIC]);
  const child = start(MEMBER, world.directory, 'child');
  try {
    assert.ok(child.stdout);
    const told: { revoked: TopicPartition[]; assigned: TopicPartition[] }[] = [];
    createInterface(child.stdout).on('line', (line) => told.push(JSON.parse(line)));
    await until(() => told.some(({ assigned }) => assigned.length === 3));
    const owned = new Set<number>();
    const log = await world.open('parent');
    const membership = await log.join({
      group: 'g',
      memberId: 'parent',
      topics: [KILL_TOPIC.name],
      async onAssignment({ revoked, assigned }) {
        for (const { partition } of revoked) owned.delete(partition);
        for (const { partition } of assigned) owned.add(partition);
      },
    });
    await until(() => owned.size === 1);
    const [first] = owned;
    assert.deepEqual(
      told.at(-1)?.revoked,
      [{ topic: KILL_TOPIC.name, partition: first }],
      'revoked before it was assigned',
    );
    child.kill('SIGKILL');
    await until(() => owned.size === 3);
    for (const partition of range(3))
      assert.equal(await membership.committed(KILL_TOPIC.name, partition), 42n);
  } finally {
    child.kill('SIGKILL');
    await world.dispose();
  }
});
