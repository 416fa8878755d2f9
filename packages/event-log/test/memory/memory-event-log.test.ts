import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS } from '@tapeclock/domain';
import { type EventLog, type LogError, memoryEventLog, type TopicPartition } from '../../src/index.ts';
import { virtualClock } from '../virtual-clock.ts';

const MS = NS_PER_MS;
const TOPICS = [{ name: 'trades', partitions: 4 }];
const record = (key: string, text: string) => ({ topic: 'trades', key, value: Buffer.from(text) });
const texts = (log: { records(topic: string): readonly { value: Uint8Array }[] }): string[] =>
  log.records('trades').map((entry) => Buffer.from(entry.value).toString());

test('an append is neither readable nor acknowledged before its delay has passed', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS, appendDelayNs: 5n * MS });
  let acknowledged = false;
  void log
    .handle('a')
    .append([record('k', '1')])
    .then(() => {
      acknowledged = true;
    });
  await clock.advance(4n * MS);
  assert.equal(acknowledged, false);
  assert.deepEqual(texts(log), []);
  await clock.advance(1n * MS);
  assert.equal(acknowledged, true);
  assert.deepEqual(texts(log), ['1']);
});

test('appends keep their order though a later one has the shorter delay', async () => {
  const clock = virtualClock();
  const delays = [9n * MS, 1n * MS];
  const log = memoryEventLog({ clock, topics: TOPICS, appendDelayNs: () => delays.shift() ?? 0n });
  const handle = log.handle('a');
  void handle.append([record('k', '1')]);
  void handle.append([record('k', '2')]);
  await clock.advance(8n * MS);
  assert.deepEqual(texts(log), []);
  await clock.advance(1n * MS);
  assert.deepEqual(texts(log), ['1', '2']);
});

test('a crash drops what was not durable and its promises never settle', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS, appendDelayNs: 5n * MS });
  let settled = false;
  const handle = log.handle('a');
  handle.append([record('k', '1')]).then(
    () => {
      settled = true;
    },
    () => {
      settled = true;
    },
  );
  await clock.advance(1n * MS);
  log.crash('a');
  await clock.advance(10n * MS);
  assert.equal(settled, false);
  assert.deepEqual(texts(log), []);
  await Promise.race([
    handle.endOffset('trades', 0).then(() => assert.fail('a dead process got an answer')),
    clock.advance(1n),
  ]);
  assert.notEqual(log.handle('a'), handle);
});

test('a torn last write leaves its first records and acknowledges none', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS, appendDelayNs: 5n * MS });
  void log.handle('a').append([record('k', '1'), record('k', '2'), record('k', '3')]);
  await clock.advance(1n * MS);
  log.crash('a', 2);
  assert.deepEqual(texts(log), ['1', '2']);
});

test('a full disk rejects retryably, alerts, and takes records again once lifted', async () => {
  const clock = virtualClock();
  const alerts: string[] = [];
  const log = memoryEventLog({
    clock,
    topics: TOPICS,
    onAlert: (process, error) => alerts.push(`${process} ${error.code}`),
  });
  const handle = log.handle('a');
  const lift = log.fault({ kind: 'DISK_FULL' });
  await assert.rejects(
    handle.append([record('k', '1')]),
    (error: LogError) => error.code === 'DISK_FULL' && error.retryable,
  );
  lift();
  await handle.append([record('k', '1')]);
  assert.deepEqual(texts(log), ['1']);
  assert.deepEqual(alerts, ['a DISK_FULL']);
});

test('a stalled disk answers when it goes on again, in order', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS });
  const lift = log.fault({ kind: 'stall', process: 'a' });
  const both = [log.handle('a').append([record('k', '1')]), log.handle('a').append([record('k', '2')])];
  await log.handle('b').append([record('other', 'b')]);
  assert.equal(log.pendingRecords('a'), 2);
  lift();
  await Promise.all(both);
  assert.deepEqual(
    texts(log).filter((text) => text !== 'b'),
    ['1', '2'],
  );
});

async function member(log: EventLog, memberId: string) {
  const owned = new Set<number>();
  const membership = await log.join({
    group: 'g',
    memberId,
    topics: ['trades'],
    async onAssignment({
      revoked,
      assigned,
    }: {
      revoked: readonly TopicPartition[];
      assigned: readonly TopicPartition[];
    }) {
      for (const { partition } of revoked) owned.delete(partition);
      for (const { partition } of assigned) owned.add(partition);
    },
  });
  return { membership, owned };
}

test('the partitions of a crashed member move after its session timeout, not before', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS });
  const a = await member(log.handle('a'), 'a');
  const b = await member(log.handle('b'), 'b');
  await clock.advance(500n * MS);
  assert.equal(a.owned.size + b.owned.size, 4);
  assert.equal(b.owned.size, 2);
  log.crash('a');
  await clock.advance(800n * MS);
  assert.equal(b.owned.size, 2);
  await clock.advance(600n * MS);
  assert.equal(b.owned.size, 4);
});

test('a member cut off for longer than the timeout is fenced, told so, and comes back', async () => {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: TOPICS });
  const a = await member(log.handle('a'), 'a');
  const b = await member(log.handle('b'), 'b');
  await clock.advance(500n * MS);
  const mine = [...a.owned];
  const rejoin = log.isolate('a');
  await clock.advance(1500n * MS);
  assert.equal(b.owned.size, 4);
  const commit = a.membership.commit([{ topic: 'trades', partition: mine[0] ?? 0, offset: 1n }]);
  rejoin();
  await assert.rejects(commit, (error: LogError) => error.code === 'FENCED');
  await clock.advance(1000n * MS);
  assert.equal(a.owned.size, 2);
  assert.equal(b.owned.size, 2);
});
