import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS } from '@tapeclock/domain';
import { followTopic, LogError, type LogRecord, memoryEventLog } from '../src/index.ts';
import { virtualClock } from './virtual-clock.ts';

const MS = NS_PER_MS;
const TOPIC = { name: 'trades', partitions: 4 };
const record = (key: string, text: string) => ({ topic: 'trades', key, value: Buffer.from(text) });
const text = ({ value }: LogRecord) => Buffer.from(value).toString();

function world() {
  const clock = virtualClock();
  const memory = memoryEventLog({ clock, topics: [TOPIC] });
  return { clock, memory, log: memory.handle('a') };
}

test('every record is taken once, those of one key in order, first the past and then what comes', async () => {
  const { clock, log } = world();
  const taken: string[] = [];
  await log.append([record('a', '1'), record('b', '2'), record('a', '3')]);
  const follower = followTopic({ log, clock, topic: 'trades', take: (one) => void taken.push(text(one)) });
  assert.equal(follower.hasCaughtUp, false);
  await follower.caughtUp;
  assert.equal(follower.hasCaughtUp, true);
  assert.deepEqual([...taken].sort(), ['1', '2', '3']);
  assert.ok(taken.indexOf('1') < taken.indexOf('3'));
  await log.append([record('a', '4')]);
  await clock.advance(1n * MS);
  assert.equal(taken.at(-1), '4');
  await follower.stop();
  await log.append([record('a', '5')]);
  await clock.advance(1n * MS);
  assert.equal(taken.at(-1), '4', 'stopped');
});

test('only the horizon is read', async () => {
  const { clock, log } = world();
  await log.append([record('a', 'old')]);
  await clock.advance(100n * MS);
  await log.append([record('a', 'young')]);
  const taken: string[] = [];
  const follower = followTopic({
    log,
    clock,
    topic: 'trades',
    horizonNs: 50n * MS,
    take: (one) => void taken.push(text(one)),
  });
  await follower.caughtUp;
  assert.deepEqual(taken, ['young']);
  await follower.stop();
});

test('one in no hurry looks once a pace; who asks for the present does not wait', async () => {
  const { clock, log } = world();
  const taken: string[] = [];
  const follower = followTopic({
    log,
    clock,
    topic: 'trades',
    paceNs: 100n * MS,
    take: (one) => void taken.push(text(one)),
  });
  await follower.caughtUp;
  await log.append([record('a', '1')]);
  await clock.advance(99n * MS);
  assert.deepEqual(taken, []);
  await clock.advance(1n * MS);
  assert.deepEqual(taken, ['1']);
  await log.append([record('a', '2')]);
  await follower.upToDate();
  assert.deepEqual(taken, ['1', '2']);
  await follower.stop();
});

test('the position is that of the next record to be taken, also between two of one batch', async () => {
  const { clock, log } = world();
  const partition = log.partitionOf('trades', 'a');
  await log.append([record('a', '1'), record('a', '2')]);
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let count = 0;
  const follower = followTopic({ log, clock, topic: 'trades', take: () => gates[count++]!.promise });
  await clock.advance(1n * MS);
  assert.equal(follower.position(partition), 0n);
  gates[0]!.resolve();
  await clock.advance(1n * MS);
  assert.equal(follower.position(partition), 1n);
  gates[1]!.resolve();
  await follower.caughtUp;
  assert.equal(follower.position(partition), 2n);
  await follower.stop();
});

test('an end that is told with a gap before it is reached all the same', async () => {
  const { clock, log } = world();
  await log.append([record('a', '1')]);
  const gapped = { ...log, endOffset: async () => 7n, read: log.read, offsetAt: log.offsetAt };
  const follower = followTopic({
    log: Object.assign(Object.create(log), gapped),
    clock,
    topic: 'trades',
    take() {},
  });
  await follower.caughtUp;
  await follower.stop();
});

test('a log that refuses for now is asked again; a fault of the taker ends it and is told to who waits', async () => {
  const { clock, log } = world();
  await log.append([record('a', '1')]);
  let refusals = 2;
  const moody = Object.assign(Object.create(log), {
    async read(...given: Parameters<typeof log.read>) {
      refusals -= 1;
      if (refusals >= 0) throw new LogError('OVERLOADED', 'come back');
      return log.read(...given);
    },
  });
  let fault: Error | null = null;
  const follower = followTopic({
    log: moody,
    clock,
    topic: 'trades',
    take() {
      if (fault !== null) throw fault;
    },
  });
  const caughtUp = follower.caughtUp;
  await clock.advance(200n * MS);
  await caughtUp;
  fault = new Error('cannot take this');
  await log.append([record('a', '2')]);
  await assert.rejects(follower.upToDate(), /cannot take this/);
  await assert.rejects(follower.upToDate(), /cannot take this/);
});
