import assert from 'node:assert/strict';
import test from 'node:test';
import { eventId, NS_PER_SECOND } from '@tapeclock/domain';
import { memoryEventLog } from '@tapeclock/event-log';
import { sleep } from '@tapeclock/ports';
import { memoryFileStore, seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { type AnyEvent, type EncodedEvent, NO_STAMPS, TOPICS, topicDeclarations } from '@tapeclock/schemas';
import { loadRulebook, type ServiceEnvironment } from '@tapeclock/service';
import { silentTelemetry } from '@tapeclock/telemetry';
import { prepareEnrichment, startEnrichment } from '../src/index.ts';
import { act, at, codec, demoBase, GOOD_FIELDS, NOW_NS, received } from './support/fixtures.ts';

const rulebook = await loadRulebook(new URL('../../../rulebook', import.meta.url).pathname);
const config = { reference: demoBase, rulebook };

function house() {
  const clock = virtualClock(NOW_NS);
  const log = memoryEventLog({ clock, topics: topicDeclarations });
  const environment = (processName: string, memberId: string): ServiceEnvironment => ({
    clock,
    random: seededRandom(1),
    network: virtualNetwork({ clock, random: seededRandom(2) }).host(processName),
    files: memoryFileStore(),
    log: log.handle(processName),
    codec,
    telemetry: silentTelemetry,
    processName,
    memberId,
  });
  const events = (topic: string): AnyEvent[] => log.records(topic).map(({ value }) => codec.decode(value));
  const write = (...records: EncodedEvent[]) => log.handle('writer').append(records);
  return { clock, log, environment, events, write };
}

const HALT_FROM = '2025-03-04T15:30:00Z';
const halt = codec.record('ReferenceUpdated', {
  meta: {
    eventId: eventId('ReferenceUpdated', 'halt'),
    lineageId: 'halts/MSFT',
    schemaVersion: 1,
    recordedNs: NOW_NS,
    producer: 'compliance',
    traceparent: null,
    stamps: NO_STAMPS,
  },
  table: 'halts',
  key: `MSFT@${at(HALT_FROM)}`,
  op: 'UPSERT',
  row: JSON.stringify({ symbol: 'MSFT', code: 'T1', from: HALT_FROM, to: null }),
  effectiveNs: at(HALT_FROM),
  actor: null,
});

const execution = (id: string, symbol: string) =>
  codec.record('ExecutionReceived', received(id, { fields: { symbol } }));

test('executions flow through to trades and repairs; a halt on the log is known before the first trade', async () => {
  const { clock, environment, events, write } = house();
  await write(halt, execution('X1', 'AAPL'), execution('X2', 'MSFT'));
  const service = await startEnrichment(environment('hot', 'hot-1'), config);
  await clock.advance(NS_PER_SECOND);
  assert.equal(service.ready(), true);
  assert.equal(events(TOPICS.tradesReportable).length, 1);
  const [repair] = events(TOPICS.executionsRejected);
  assert.ok(repair?.type === 'RepairOpened');
  assert.deepEqual(
    repair.event.issues.map(({ code }) => code),
    ['SYMBOL_HALTED'],
  );
  await service.stop();
});

test('no trade is judged while the reference updates are still being read', async () => {
  const { clock, environment, events, write } = house();
  await write(halt, execution('X1', 'MSFT'));
  const hot = environment('hot', 'hot-1');
  const slowReference: typeof hot.log.read = async (topic, ...rest) => {
    if (topic === TOPICS.referenceUpdates) await sleep(clock, NS_PER_SECOND);
    return hot.log.read(topic, ...rest);
  };
  const starting = startEnrichment({ ...hot, log: { ...hot.log, read: slowReference } }, config);
  await clock.advance(5n * NS_PER_SECOND);
  const service = await starting;
  await clock.advance(NS_PER_SECOND);
  assert.equal(events(TOPICS.tradesReportable).length, 0);
  assert.equal(events(TOPICS.executionsRejected).length, 1);
  await service.stop();
});

test('a halt told while the service runs stops the next trade', async () => {
  const { clock, environment, events, write } = house();
  const service = await startEnrichment(environment('hot', 'hot-1'), config);
  await write(execution('X1', 'MSFT'));
  await clock.advance(NS_PER_SECOND);
  await write(halt);
  await clock.settle();
  await write(execution('X2', 'MSFT'));
  await clock.advance(NS_PER_SECOND);
  assert.equal(events(TOPICS.tradesReportable).length, 1);
  assert.equal(events(TOPICS.executionsRejected).length, 1);
  await service.stop();
});

test('another instance takes over and drops what the dead one had told on', async () => {
  const { clock, log, environment, events, write } = house();
  await startEnrichment(environment('hot', 'hot-1'), config);
  await write(execution('X1', 'AAPL'), execution('X2', 'NOPE'));
  await clock.advance(NS_PER_SECOND);
  log.crash('hot');
  const heir = await startEnrichment(environment('hot-b', 'hot-2'), config);
  await clock.advance(5n * NS_PER_SECOND);
  const [repair] = events(TOPICS.executionsRejected);
  assert.ok(repair?.type === 'RepairOpened');
  await write(
    execution('X1', 'AAPL'),
    execution('X2', 'NOPE'),
    codec.record('DeskActed', act('RESUBMIT', repair.event.repairId, 'X2', { fields: GOOD_FIELDS })),
  );
  await clock.advance(NS_PER_SECOND);
  assert.equal(heir.ready(), true);
  const trades = events(TOPICS.tradesReportable).map(({ event }) => event as { revision: number });
  assert.deepEqual(trades.map(({ revision }) => revision).sort(), [0, 1]);
  assert.deepEqual(
    events(TOPICS.executionsRejected).map(({ type }) => type),
    ['RepairOpened', 'RepairClosed'],
  );
  assert.deepEqual(events(TOPICS.deadLetters), []);
  await heir.stop();
});

test('a prepared instance makes nothing before it is started, then goes on from what it read ahead', async () => {
  const { clock, log, environment, events, write } = house();
  await startEnrichment(environment('hot', 'hot-1'), config);
  const spare = environment('spare', 'spare-1');
  const read: string[] = [];
  const watched: typeof spare.log.read = (topic, ...rest) => {
    read.push(topic);
    return spare.log.read(topic, ...rest);
  };
  const prepared = prepareEnrichment({ ...spare, log: { ...spare.log, read: watched } }, config);
  await write(execution('X1', 'AAPL'), execution('X2', 'NOPE'));
  await clock.advance(NS_PER_SECOND);
  log.crash('hot');
  await write(execution('X1', 'AAPL'), execution('X2', 'NOPE'), execution('X3', 'AAPL'));
  await clock.advance(5n * NS_PER_SECOND);
  assert.equal(events(TOPICS.tradesReportable).length, 1, 'it only reads');
  read.length = 0;
  const heir = await prepared.start();
  await clock.advance(5n * NS_PER_SECOND);
  assert.equal(heir.ready(), true);
  assert.equal(events(TOPICS.tradesReportable).length, 2);
  assert.equal(events(TOPICS.executionsRejected).length, 1);
  assert.deepEqual(
    read.filter((topic) => topic === TOPICS.executionsRejected),
    [],
    'what was read ahead is not read again',
  );
  await heir.stop();
  await prepared.stop();
});

test('a halt told while the prepared instance was looking away is known before its first trade', async () => {
  const { clock, environment, events, write } = house();
  const spare = environment('spare', 'spare-1');
  // The wake-up is late: the doorbell of another process is not the log itself.
  const deaf = { ...spare.log, onAppended: () => () => {} };
  const prepared = prepareEnrichment({ ...spare, log: deaf }, config);
  await clock.advance(NS_PER_SECOND);
  await write(halt, execution('X1', 'MSFT'));
  const service = await prepared.start();
  await clock.advance(NS_PER_SECOND);
  assert.equal(events(TOPICS.tradesReportable).length, 0);
  assert.equal(events(TOPICS.executionsRejected).length, 1);
  await service.stop();
});

test('a prepared instance that is never started can be stopped', async () => {
  const { clock, environment, write } = house();
  const prepared = prepareEnrichment(environment('spare', 'spare-1'), config);
  await write(execution('X1', 'AAPL'));
  const stopped = prepared.stop();
  await clock.advance(NS_PER_SECOND);
  await stopped;
  assert.equal(clock.nextTimerNs(), null);
});
