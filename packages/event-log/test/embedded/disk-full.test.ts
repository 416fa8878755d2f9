import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import type { LogError } from '../../src/index.ts';
import { readAll, record, textOf } from '../contract/log-under-test.ts';
import { embeddedWorld } from './embedded-world.ts';

const TOPICS = [
  { name: 'single', partitions: 1 },
  { name: 'other', partitions: 1 },
];

test('a full disk rejects retryably and alerts, loses nothing, and is over when there is room', {
  timeout: 60_000,
}, async () => {
  const world = embeddedWorld(TOPICS);
  try {
    const alerts: LogError[] = [];
    const log = await world.open('a', { onAlert: (error) => alerts.push(error) });
    await log.limitPages('single', 30);
    let kept = 0;
    const error = await (async () => {
      for (;;) await log.append([record('single', 'k', `${kept} ${'x'.repeat(2000)}`)]).then(() => kept++);
    })().catch((caught: LogError) => caught);
    assert.equal(error.code, 'DISK_FULL');
    assert.ok(error.retryable);
    assert.match(error.message, /single\.db.*make room/);
    assert.ok(alerts.some((alert) => alert.code === 'DISK_FULL'));
    await log.append([record('other', 'k', 'the other topics go on')]);
    await log.limitPages('single', null);
    await log.append([record('single', 'k', 'after')]);
    const all = await readAll(log, 'single', 0);
    assert.deepEqual(all.map((found) => Number.parseInt(textOf(found), 10) || textOf(found)).slice(1), [
      ...Array.from({ length: kept - 1 }, (_, n) => n + 1),
      'after',
    ]);
  } finally {
    await world.dispose();
  }
});

test('appends beyond what may wait for the disk are refused, not gathered without bound', {
  timeout: 60_000,
}, async () => {
  const world = embeddedWorld(TOPICS);
  try {
    const log = await world.open('a', { pendingBytesMax: 100_000 });
    const settled = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) => log.append([record('single', 'k', `${n} ${'x'.repeat(5000)}`)])),
    );
    const refused = settled.filter((outcome) => outcome.status === 'rejected');
    assert.ok(refused.length > 50);
    assert.ok(refused.every(({ reason }) => reason.code === 'OVERLOADED' && reason.retryable));
    assert.equal((await readAll(log, 'single', 0)).length, 100 - refused.length);
  } finally {
    await world.dispose();
  }
});

/** Of util-linux; the test is skipped where it is not there or not allowed. */
const UNSHARE = 'unshare';
const PRIVATE_MOUNT = ['-m', 'sh', '-c', 'mount -t tmpfs -o size=3m tmpfs "$0" && exec "$@"'];

test('a volume that is really full behaves the same', { timeout: 60_000 }, (t) => {
  const directory = mkdtempSync(join(tmpdir(), 'event-log-full-'));
  try {
    // A mount namespace of its own: nobody else sees the small volume, and it goes away with the process.
    if (spawnSync(UNSHARE, [...PRIVATE_MOUNT, directory, 'true']).status !== 0) {
      t.skip('needs the right to mount a small volume');
      return;
    }
    const filler = fileURLToPath(new URL('./filling-process.ts', import.meta.url));
    const run = spawnSync(UNSHARE, [...PRIVATE_MOUNT, directory, process.execPath, filler, directory], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    const { code, kept, found, alerts } = JSON.parse(run.stdout);
    assert.equal(code, 'DISK_FULL');
    assert.ok(alerts > 0);
    assert.ok(kept > 100);
    assert.equal(found, kept + 1);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});
