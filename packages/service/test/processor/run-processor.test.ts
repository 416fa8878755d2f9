import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_HOUR, NS_PER_MINUTE, NS_PER_SECOND } from '@tapeclock/domain';
import { LogError } from '@tapeclock/event-log';
import { runProcessor } from '../../src/index.ts';
import { ask, bench, codec, type EchoState, echoProcessor, INPUT } from './echo-processor.ts';

test('turns inputs into durable outputs, once caught up is ready, and commits', async () => {
  const { clock, log, subjects } = bench();
  const writer = log.handle('writer');
  await writer.append([ask('a'), ask('b'), ask('c')]);
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
  });
  assert.equal(running.ready(), false);
  await clock.advance(NS_PER_SECOND);
  assert.equal(running.ready(), true);
  assert.deepEqual(subjects().sort(), ['a', 'b', 'c']);
  const committed = [0, 1, 2, 3].map((partition) => log.committed('echo', INPUT, partition) ?? 0n);
  assert.equal(
    committed.reduce((sum, offset) => sum + offset),
    3n,
  );
  await running.stop();
});

test('a record appended while idle is taken at once, without waiting for a timer', async () => {
  const { clock, log, subjects } = bench();
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
  });
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append([ask('a')]);
  await clock.settle();
  assert.deepEqual(subjects(), ['a']);
  await running.stop();
});

test('inputs that come again after a crash before the commit make no second output', async () => {
  const { clock, log, subjects } = bench();
  await log.handle('writer').append([ask('a'), ask('b')]);
  const first = log.handle('p1');
  // The commit never happens: the process dies with its outputs durable.
  const withoutCommit = {
    ...first,
    join: async (options: Parameters<typeof first.join>[0]) => ({
      ...(await first.join(options)),
      commit: () => new Promise<void>(() => {}),
    }),
  };
  await runProcessor(echoProcessor(), { clock, codec, memberId: 'm1', log: withoutCommit });
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects().sort(), ['a', 'b']);
  log.crash('p1');
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm2',
    log: log.handle('p2'),
  });
  await clock.advance(5n * NS_PER_SECOND);
  assert.equal(running.ready(), true);
  assert.deepEqual(subjects().sort(), ['a', 'b']);
  await running.stop();
});

test('a member that dies is replaced by the other, which restores what was said and goes on', async () => {
  const { clock, log, subjects } = bench();
  const one = await runProcessor(echoProcessor(), { clock, codec, memberId: 'm1', log: log.handle('p1') });
  const two = await runProcessor(echoProcessor(), { clock, codec, memberId: 'm2', log: log.handle('p2') });
  const writer = log.handle('writer');
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  await writer.append(names.map((name) => ask(name)));
  await clock.advance(3n * NS_PER_SECOND);
  assert.equal(one.ready() && two.ready(), true);
  log.crash('p1');
  await writer.append(names.map((name) => ask(`${name}2`)));
  // The same subjects again: what was said before the takeover must not be said again after it.
  await writer.append(names.map((name) => ask(name)));
  await clock.advance(2n * NS_PER_SECOND);
  assert.deepEqual(subjects().sort(), [...names, ...names.map((name) => `${name}2`)].sort());
  await two.stop();
});

test('a record that cannot be read, and one whose step fails, become dead letters and the stream goes on', async () => {
  const { clock, log, subjects } = bench();
  const codes: string[] = [];
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
    hooks: { onDeadLetter: (_record, code) => codes.push(code) },
  });
  const fromTheFuture = new Uint8Array([0, 0, 0, 255, 255, 1]);
  await log
    .handle('writer')
    .append([
      { topic: INPUT, key: 'k', value: new TextEncoder().encode('not an event') },
      { topic: INPUT, key: 'k', value: fromTheFuture },
      ask('k', 'fault'),
      ask('k'),
    ]);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(codes, ['NOT_WIRE_FORMAT', 'SCHEMA_UNKNOWN', 'STEP_FAILED']);
  assert.deepEqual(subjects(), ['k']);
  const letters = log.records('dead.letters').map(({ value }) => codec.decode(value).event);
  assert.equal(letters.length, 3);
  assert.deepEqual(Buffer.from((letters[1] as { value: Uint8Array }).value), Buffer.from(fromTheFuture));
  await running.stop();
});

test('a full disk stalls the processor; when there is room again nothing is lost and nothing said twice', async () => {
  const { clock, log, subjects } = bench();
  let stalls = 0;
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
    hooks: { onStall: () => (stalls += 1) },
  });
  await clock.advance(NS_PER_SECOND);
  const lift = log.fault({ kind: 'DISK_FULL', process: 'p1' });
  await log.handle('writer').append([ask('a'), ask('b')]);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects(), []);
  assert.ok(stalls > 1);
  lift();
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects().sort(), ['a', 'b']);
  await running.stop();
});

test('a commit that the disk refuses is repeated; the loop does not end on it', async () => {
  const { clock, log, subjects } = bench();
  const own = log.handle('p1');
  let refusals = 3;
  const refusing = {
    ...own,
    join: async (options: Parameters<typeof own.join>[0]) => {
      const membership = await own.join(options);
      return {
        ...membership,
        commit: async (positions: Parameters<typeof membership.commit>[0]) => {
          if (refusals-- > 0) throw new LogError('DISK_FULL', 'no space left');
          await membership.commit(positions);
        },
      };
    },
  };
  const running = await runProcessor(echoProcessor(), { clock, codec, memberId: 'm1', log: refusing });
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append([ask('a')]);
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append([ask('a3')]);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects().sort(), ['a', 'a3']);
  await running.stop();
});

test('tick comes when wakeAtNs has come, and once after the assignment', async () => {
  const { clock, log, subjects } = bench();
  const states: EchoState[] = [];
  const running = await runProcessor(echoProcessor(states), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
  });
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(
    states.map(({ ticks }) => ticks),
    [1, 1, 1, 1],
  );
  await log.handle('writer').append([ask('a', 'later')]);
  await clock.advance(NS_PER_HOUR - NS_PER_SECOND);
  assert.deepEqual(subjects(), []);
  await clock.advance(2n * NS_PER_SECOND);
  assert.deepEqual(subjects(), ['a']);
  await running.stop();
});

test('a wall clock set forward makes a tick due within a second, not when the timer would have fired', async () => {
  const { clock, log, subjects } = bench();
  const running = await runProcessor(echoProcessor(), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
  });
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append([ask('a', 'later')]);
  await clock.advance(NS_PER_MINUTE);
  clock.step(NS_PER_HOUR);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects(), ['a']);
  await running.stop();
});

test('stop hands the partitions back at once: the next member needs no session timeout', async () => {
  const { clock, log, subjects } = bench({ sessionTimeoutNs: NS_PER_HOUR });
  const one = await runProcessor(echoProcessor(), { clock, codec, memberId: 'm1', log: log.handle('p1') });
  await clock.advance(NS_PER_SECOND);
  await one.stop();
  const two = await runProcessor(echoProcessor(), { clock, codec, memberId: 'm2', log: log.handle('p2') });
  await log.handle('writer').append([ask('a')]);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects(), ['a']);
  await two.stop();
});

test('states are released when the partitions are handed back', async () => {
  const { clock, log } = bench();
  const states: EchoState[] = [];
  const running = await runProcessor(echoProcessor(states), {
    clock,
    codec,
    memberId: 'm1',
    log: log.handle('p1'),
  });
  await clock.advance(NS_PER_SECOND);
  assert.equal(states.length, 4);
  await running.stop();
  assert.equal(states.length, 0);
});

test('stop takes what is on the log already; a disk that refuses does not hold it up for ever', async () => {
  const { clock, log, subjects } = bench();
  const start = () => runProcessor(echoProcessor(), { clock, codec, memberId: 'm1', log: log.handle('p1') });
  const running = await start();
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append([ask('a'), ask('b'), ask('c'), ask('d')]);
  await running.stop();
  assert.deepEqual(subjects().sort(), ['a', 'b', 'c', 'd']);

  const again = await start();
  await clock.advance(NS_PER_SECOND);
  log.fault({ kind: 'DISK_FULL', process: 'p1' });
  await log.handle('writer').append([ask('e')]);
  const stopped = again.stop();
  await clock.advance(2n * NS_PER_SECOND);
  await stopped;
});
