import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import { topicDeclarations } from '@tapeclock/schemas';
import { silentTelemetry } from '@tapeclock/telemetry';
import { startProjector } from '../../src/projector/projector.ts';
import type { ReadModel } from '../../src/read-model/read-model.ts';
import { sqliteReadModel } from '../../src/read-model/sqlite/sqlite-read-model.ts';
import { PROJECTED_TOPICS } from '../../src/start-compliance.ts';
import { accepted, idOf, intended, lineageOf, received, reportable, TEN, trade } from '../events.ts';
import { codec, record } from '../harness.ts';

const SECOND = 1_000_000_000n;

function world(clock = virtualClock(TEN)) {
  const memory = memoryEventLog({ clock, topics: topicDeclarations });
  const log = memory.handle('desk');
  const start = (model: ReadModel, onRebuild = () => {}) =>
    startProjector(
      model,
      { clock, log, codec, telemetry: silentTelemetry },
      { topics: PROJECTED_TOPICS, onRebuild },
    );
  const stop = async (projector: { stop(): Promise<void> }) => {
    const stopped = projector.stop();
    await clock.advance(SECOND);
    await stopped;
  };
  return { clock, memory, log, start, stop };
}

test('it reads what was there before it started, and what comes while it runs', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const many = Array.from({ length: 3_000 }, (_, index) => trade(`E${index}`));
  await w.log.append(many.map((t) => record(received(t))));
  const projector = await w.start(model);
  assert.equal(projector.health().rebuilding, true);
  await w.clock.advance(SECOND);
  assert.deepEqual(projector.health(), {
    dataAsOfNs: w.clock.nowNs(),
    lagNs: 0n,
    lagRecords: 0,
    rebuilding: false,
  });
  await w.log.append([record(reportable(trade('E7')))]);
  const caughtUp = projector.caughtUp();
  await w.clock.advance(SECOND);
  await caughtUp;
  assert.equal((await model.queries.trade(idOf(trade('E7'))))?.state, 'DECIDED');
  assert.equal((await model.queries.totals()).find(({ name }) => name === 'received')?.n, 3_000);
  await w.stop(projector);
  await model.close();
});

test('started again it goes on where the model stands and counts nothing twice', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const t = trade('E1');
  await w.log.append([record(received(t)), record(reportable(t))]);
  const first = await w.start(model);
  await w.clock.advance(SECOND);
  await w.stop(first);
  await w.log.append([record(intended(t)), record(accepted(t))]);
  const second = await w.start(model);
  await w.clock.advance(SECOND);
  assert.equal((await model.queries.trade(idOf(t)))?.state, 'ACCEPTED');
  assert.equal((await model.queries.totals()).find(({ name }) => name === 'received')?.n, 1);
  await w.stop(second);
  await model.close();
});

test('a record that cannot be read becomes a dead letter, and the rest goes on', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const t = trade('E1');
  const value = Buffer.from([0, 0, 0, 0, 99, 1, 2, 3]);
  await w.log.append([
    { topic: 'executions.received', key: lineageOf(t), value },
    record(received(t)),
    // A dead letter that cannot be read must not make another one, and so on for ever.
    { topic: 'dead.letters', key: 'x', value },
  ]);
  const projector = await w.start(model);
  await w.clock.advance(2n * SECOND);
  assert.equal((await model.queries.trade(idOf(t)))?.state, 'RECEIVED');
  const letters = (await model.queries.deadLetters({})).rows;
  assert.deepEqual(
    letters.map(({ service, topic, code }) => [service, topic, code]),
    [['compliance', 'executions.received', 'SCHEMA_UNKNOWN']],
  );
  assert.equal(w.memory.records('dead.letters').length, 2);
  await w.stop(projector);
  await model.close();
});

test('an event that the fold cannot take is left out alone', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const apply = model.apply.bind(model);
  model.apply = (batch) => {
    if (batch.some((item) => item.type === 'TradeReportable')) return Promise.reject(new TypeError('fold'));
    return apply(batch);
  };
  const t = trade('E1');
  await w.log.append([record(received(t)), record(reportable(t)), record(intended(t))]);
  const projector = await w.start(model);
  await w.clock.advance(SECOND);
  assert.equal((await model.queries.trade(idOf(t)))?.state, 'SENT');
  assert.equal((await model.queries.trade(idOf(t)))?.decided, 0n);
  await w.stop(projector);
  await model.close();
});

test('while the database fails the log is not lost, only shown later, and the lag is told', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const apply = model.apply.bind(model);
  let full = true;
  model.apply = (batch) =>
    full ? Promise.reject(Object.assign(new Error('disk'), { code: 'SQLITE_FULL' })) : apply(batch);
  await w.log.append([record(received(trade('E1')))]);
  const projector = await w.start(model);
  await w.clock.advance(5n * SECOND);
  assert.ok(projector.health().lagNs > 0n);
  full = false;
  await w.clock.advance(2n * SECOND);
  assert.equal((await model.queries.trade(idOf(trade('E1'))))?.state, 'RECEIVED');
  assert.equal(projector.health().lagNs, 0n);
  await w.stop(projector);
  await model.close();
});

test('a model that is ahead of its log belongs to another log and is dropped', async () => {
  const old = world();
  const model = sqliteReadModel(':memory:');
  await old.log.append([record(received(trade('OLD')))]);
  const before = await old.start(model);
  await old.clock.advance(SECOND);
  await old.stop(before);

  const anew = world();
  let rebuilt = 0;
  const projector = await anew.start(model, () => {
    rebuilt += 1;
  });
  await anew.log.append([record(received(trade('NEW')))]);
  await anew.clock.advance(SECOND);
  assert.equal(rebuilt, 1);
  assert.deepEqual(
    (await model.queries.trades({})).rows.map((row) => row.source_execution_id),
    ['NEW'],
  );
  await anew.stop(projector);
  await model.close();
});

test('a disk that fails for a moment costs no event', async () => {
  const w = world();
  const model = sqliteReadModel(':memory:');
  const apply = model.apply.bind(model);
  let failures = 2;
  model.apply = (batch) => {
    failures -= 1;
    return failures >= 0
      ? Promise.reject(Object.assign(new Error('disk'), { code: 'SQLITE_IOERR_WRITE' }))
      : apply(batch);
  };
  await w.log.append([record(received(trade('E1')))]);
  const projector = await w.start(model);
  await w.clock.advance(5n * SECOND);
  assert.equal((await model.queries.trade(idOf(trade('E1'))))?.state, 'RECEIVED');
  await w.stop(projector);
  await model.close();
});
