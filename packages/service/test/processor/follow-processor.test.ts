import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { type EventLog, LogError, type MemoryLog } from '@tapeclock/event-log';
import { sleep } from '@tapeclock/ports';
import type { VirtualClock } from '@tapeclock/ports/virtual';
import { followProcessor } from '../../src/index.ts';
import { ask, bench, codec, INPUT, OUTPUT } from './echo-processor.ts';
import { type Ledger, ledgerProcessor, runLedger, sorted } from './ledger-processor.ts';

const subjectsUpTo = (count: number) => Array.from({ length: count }, (_, n) => `subject ${n}`);
/** Subjects that all fall on one partition. */
const subjectsOf = (log: EventLog, partition: number, count: number) =>
  subjectsUpTo(10 * count)
    .filter((subject) => log.partitionOf(INPUT, subject) === partition)
    .slice(0, count);

function follow(clock: VirtualClock, log: EventLog, ledgers: Ledger[] = []) {
  return followProcessor(ledgerProcessor(ledgers), { clock, codec, log });
}

/** Commits as the group would, without a processor. */
async function commit(log: MemoryLog, clock: VirtualClock, partition: number, offset: bigint): Promise<void> {
  const membership = await log.handle('committer').join({
    group: 'ledger',
    memberId: `committer ${partition} ${offset}`,
    topics: [INPUT],
    onAssignment: async () => {},
  });
  await clock.advance(NS_PER_SECOND);
  await membership.commit([{ topic: INPUT, partition, offset }]);
  await membership.leave();
}

/** A process works through `before` inputs and dies; `after` more come; the heir works, warm or cold. */
async function takeover(before: number, after: number, how: 'warm' | 'cold') {
  const { clock, log, subjects } = bench();
  const ledgers: Ledger[] = [];
  await runLedger(clock, log.handle('p1'), 'm1');
  const heir = log.handle('p2');
  const standby = how === 'warm' ? follow(clock, heir, ledgers) : undefined;
  const names = subjectsUpTo(before + after);
  for (const name of names.slice(0, before)) {
    await log.handle('writer').append([ask(name)]);
    await clock.advance(70n * NS_PER_MS);
  }
  log.crash('p1');
  for (const name of names.slice(before)) await log.handle('writer').append([ask(name)]);
  const running = await runLedger(clock, heir, 'm2', { ledgers, ...(standby && { standby }) });
  await clock.advance(3n * NS_PER_SECOND);
  assert.equal(running.ready(), true);
  const found = { ledgers: structuredClone(sorted(ledgers)), said: subjects().sort() };
  await running.stop();
  await standby?.stop();
  return { ...found, names };
}

test('wherever the other dies, a warm heir ends with the state of a cold one, and says each subject once', async () => {
  for (let before = 0; before <= 12; before += 1) {
    const warm = await takeover(before, 3, 'warm');
    assert.deepEqual(warm, await takeover(before, 3, 'cold'), `after ${before}`);
    assert.deepEqual(warm.said, [...warm.names].sort());
  }
});

test('an input that is not committed is not restored: it would be dropped as a repeat, and lost', async () => {
  const { clock, log, subjects } = bench();
  const names = subjectsOf(log.handle('p2'), 1, 4);
  await log.handle('writer').append(names.map((name) => ask(name)));
  await commit(log, clock, 1, 2n);
  const ledgers: Ledger[] = [];
  const standby = follow(clock, log.handle('p2'), ledgers);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(ledgers[1]?.seen, names.slice(0, 2));
  const running = await runLedger(clock, log.handle('p2'), 'm2', { ledgers, standby });
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects(), names.slice(2));
  assert.deepEqual(ledgers.find(({ partition }) => partition === 1)?.seen, names);
  await running.stop();
});

test('what the group commits later is taken in while following, without another append', async () => {
  const { clock, log } = bench();
  const names = subjectsOf(log.handle('p2'), 1, 3);
  const standby = follow(clock, log.handle('p2'));
  await standby.caughtUp;
  const own = log.handle('p1');
  const slowToCommit: EventLog = {
    ...own,
    join: async (options) => {
      const membership = await own.join(options);
      const commit: typeof membership.commit = async (positions) => {
        await sleep(clock, 120n * NS_PER_MS);
        await membership.commit(positions);
      };
      return { ...membership, commit };
    },
  };
  const worker = await runLedger(clock, slowToCommit, 'm1');
  await clock.advance(NS_PER_SECOND);
  await log.handle('writer').append(names.map((name) => ask(name)));
  await clock.advance(NS_PER_SECOND);
  // A repeat makes no output, whose append would wake the standby once more.
  const [first = ''] = names;
  await log.handle('writer').append([ask(first)]);
  await clock.advance(NS_PER_SECOND);
  const prepared = standby.take(1);
  assert.deepEqual(prepared?.state, { partition: 1, seen: [...names, first], said: names });
  assert.deepEqual(Object.fromEntries(prepared?.positions ?? []), { [INPUT]: 4n, [OUTPUT]: 3n });
  assert.equal(standby.take(1), null, 'handed over once');
  await worker.stop();
  await standby.stop();
});

test('taken in the middle of catching up, the state stays at a record boundary and the taker goes on from there', async () => {
  const names = subjectsUpTo(40);
  for (let reads = 0; reads < 8; reads += 1) {
    const { clock, log, subjects } = bench();
    const worker = await runLedger(clock, log.handle('p1'), 'm1');
    await log.handle('writer').append(names.map((name) => ask(name)));
    await clock.advance(NS_PER_SECOND);
    await worker.stop();

    const own = log.handle('p2');
    let left = reads;
    const gate = Promise.withResolvers<void>();
    const slow: EventLog = {
      ...own,
      async read(topic, partition, from, limit) {
        if (left-- <= 0) await gate.promise;
        return own.read(topic, partition, from, { ...limit, recordsMax: 3 });
      },
    };
    const standby = follow(clock, slow);
    await clock.advance(NS_PER_SECOND);
    const prepared = standby.take(0);
    const ofZero = names.filter((name) => own.partitionOf(INPUT, name) === 0);
    for (const [topic, list] of [
      [INPUT, prepared?.state.seen] as const,
      [OUTPUT, prepared?.state.said] as const,
    ]) {
      assert.equal(BigInt(list?.length ?? 0), prepared?.positions.get(topic) ?? 0n, topic);
    }
    const before = structuredClone(prepared?.state);
    gate.resolve();
    await clock.advance(NS_PER_SECOND);
    assert.deepEqual(prepared?.state, before, 'whoever took it owns it');

    const ledgers: Ledger[] = [];
    const heir = await runLedger(clock, own, 'm2', {
      ledgers,
      standby: { ...standby, take: (number) => (number === 0 ? prepared : standby.take(number)) },
    });
    await clock.advance(NS_PER_SECOND);
    assert.deepEqual(prepared?.state.seen, ofZero);
    assert.deepEqual(prepared?.state.said, ofZero);
    assert.equal(subjects().length, names.length, 'nothing was said again');
    await heir.stop();
    await standby.stop();
  }
});

test('a log that fails ends the following in silence: nothing is handed over, and the heir restores for itself', async () => {
  const { clock, log, subjects } = bench();
  const worker = await runLedger(clock, log.handle('p1'), 'm1');
  await log.handle('writer').append(subjectsUpTo(9).map((name) => ask(name)));
  await clock.advance(NS_PER_SECOND);
  await worker.stop();
  const own = log.handle('p2');
  let left = 3;
  const failing: EventLog = {
    ...own,
    read: async (...given) => {
      if (left-- <= 0) throw new LogError('TORN_FILE', 'torn');
      return own.read(...given);
    },
  };
  const ledgers: Ledger[] = [];
  const standby = follow(clock, failing, ledgers);
  await clock.advance(NS_PER_SECOND);
  await standby.caughtUp;
  assert.deepEqual(ledgers, [], 'the states are released');
  assert.equal(standby.take(0), null);
  const heir = await runLedger(clock, own, 'm2', { ledgers, standby });
  await clock.advance(NS_PER_SECOND);
  assert.equal(subjects().length, 9);
  assert.equal(ledgers.flatMap(({ seen }) => seen).length, 9);
  await heir.stop();
  await standby.stop();
});

test('a log that refuses for now is asked again', async () => {
  const { clock, log } = bench();
  const own = log.handle('p2');
  let refusals = 3;
  const refusing: EventLog = {
    ...own,
    committed: async (...given) => {
      if (refusals-- > 0) throw new LogError('DISK_FULL', 'no space left');
      return own.committed(...given);
    },
  };
  const [name = ''] = subjectsOf(own, 1, 1);
  await log.handle('writer').append([ask(name)]);
  await commit(log, clock, 1, 1n);
  const standby = follow(clock, refusing);
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(standby.take(1)?.state.seen, [name]);
  await standby.stop();
});

test('commits that were set back make the state of a standby useless: the heir begins anew', async () => {
  const { clock, log, subjects } = bench();
  const names = subjectsOf(log.handle('p2'), 1, 3);
  await log.handle('writer').append(names.map((name) => ask(name)));
  await commit(log, clock, 1, 3n);
  const ledgers: Ledger[] = [];
  const standby = follow(clock, log.handle('p2'), ledgers);
  await clock.advance(NS_PER_SECOND);
  await commit(log, clock, 1, 1n);
  const running = await runLedger(clock, log.handle('p2'), 'm2', { ledgers, standby });
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(subjects(), names.slice(1));
  assert.equal(ledgers.length, 4, 'the useless one is released');
  await running.stop();
});

test('however much is written, the standby looks ten times a second; stopping releases what nobody took', async () => {
  const { clock, log } = bench();
  const own = log.handle('p2');
  let reads = 0;
  const counted: EventLog = {
    ...own,
    read: async (...given) => {
      reads += 1;
      return own.read(...given);
    },
  };
  const ledgers: Ledger[] = [];
  const standby = follow(clock, counted, ledgers);
  const worker = await runLedger(clock, log.handle('p1'), 'm1');
  await clock.advance(NS_PER_SECOND);
  const before = reads;
  const [name = ''] = subjectsOf(own, 1, 1);
  for (let n = 0; n < 200; n += 1) {
    await log.handle('writer').append([ask(name, String(n))]);
    await clock.advance(5n * NS_PER_MS);
  }
  assert.ok(reads > before);
  assert.ok(reads - before <= 22, `${reads - before} reads of one partition of two topics`);
  assert.equal(standby.take(0)?.state, ledgers[0]);
  await standby.stop();
  assert.deepEqual(
    ledgers.map(({ partition }) => partition),
    [0],
  );
  await worker.stop();
});
