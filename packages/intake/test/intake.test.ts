import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  embeddedRegistry,
  releasedSchemas,
  TOPICS,
  topicDeclarations,
} from '@tapeclock/schemas';
import { createIntake, ExecutionIndex, followIndex, type IntakeRequest, NO_FIELDS } from '../src/index.ts';

const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);

function request(change: Partial<IntakeRequest> = {}): IntakeRequest {
  return {
    source: 'OMS',
    sourceExecutionId: 'A1',
    refSourceExecutionId: null,
    action: 'NEW',
    channel: 'REST',
    sessionId: 'key',
    sessionSeq: null,
    fields: { ...NO_FIELDS, symbol: 'IBM' },
    originalFormat: 'json',
    original: new Uint8Array(),
    receivedNs: 1n,
    executedNs: null,
    traceparent: null,
    ...change,
  };
}

function bench(options: { appendDelayNs?: bigint } = {}) {
  const clock = virtualClock();
  const memory = memoryEventLog({ clock, topics: topicDeclarations, ...options });
  const log = memory.handle('hot');
  const index = new ExecutionIndex(100);
  const intake = createIntake({ log, clock, codec, index, producer: 'rest-gateway' });
  const received = () => memory.records(TOPICS.executionsReceived).length;
  return { clock, memory, log, index, intake, received };
}

test('an execution is answered only when the log has it', async () => {
  const { clock, intake, received } = bench({ appendDelayNs: 5_000_000n });
  let answered = false;
  const taking = intake.take([request()]).then((results) => {
    answered = true;
    return results;
  });
  await clock.advance(4_000_000n);
  assert.deepEqual([answered, received()], [false, 0]);
  await clock.advance(2_000_000n);
  assert.equal((await taking)[0]?.status, 'ACCEPTED');
  assert.equal(received(), 1);
});

test('the same id with the same content is appended once, also when both come in one batch', async () => {
  const { intake, received } = bench();
  const results = await intake.take([request(), request()]);
  assert.deepEqual(
    results.map(({ status }) => status),
    ['ACCEPTED', 'DUPLICATE'],
  );
  assert.equal((await intake.take([request()]))[0]?.status, 'DUPLICATE');
  assert.equal(received(), 1);
});

test('a repeat is not answered before the first one is durable', async () => {
  const { clock, intake } = bench({ appendDelayNs: 5_000_000n });
  const first = intake.take([request()]);
  let answered = false;
  const second = intake.take([request()]).then(() => {
    answered = true;
  });
  await clock.advance(1_000_000n);
  assert.equal(answered, false);
  await clock.advance(10_000_000n);
  await Promise.all([first, second]);
});

test('the same id with other content is a conflict, and is appended for a person to see', async () => {
  const { intake, received } = bench();
  await intake.take([request()]);
  const results = await intake.take([request({ fields: { ...NO_FIELDS, symbol: 'MSFT' } })]);
  assert.equal(results[0]?.status, 'CONFLICT');
  assert.equal(received(), 2);
});

test('a cancel of a correction lands in the lineage of the first execution', async () => {
  const { intake } = bench();
  const [first] = await intake.take([request()]);
  const [correction] = await intake.take([
    request({ action: 'CORRECT', sourceExecutionId: 'A2', refSourceExecutionId: 'A1' }),
  ]);
  const [cancel] = await intake.take([
    request({ action: 'CANCEL', sourceExecutionId: 'A3', refSourceExecutionId: 'A2' }),
  ]);
  assert.equal(correction?.lineageId, first?.lineageId);
  assert.equal(cancel?.lineageId, first?.lineageId);
});

test('a failed append is not remembered, so that sending again works', async () => {
  const { clock, memory, intake, received } = bench();
  const heal = memory.fault({ kind: 'DISK_FULL' });
  const taking = intake.take([request()]);
  taking.catch(() => {});
  await clock.advance(1_000_000n);
  await assert.rejects(taking, /DISK_FULL/);
  heal();
  assert.equal((await intake.take([request()]))[0]?.status, 'ACCEPTED');
  assert.equal(received(), 1);
});

test('a restarted gateway knows from the log what was taken before', async () => {
  const { clock, log, intake } = bench();
  await intake.take([request()]);
  const following = followIndex({ log, clock, horizonNs: 1_000_000_000n, entriesMin: 100 });
  await following.upToDate();
  const { index } = following;
  const restarted = createIntake({ log, clock, codec, index, producer: 'rest-gateway' });
  assert.equal((await restarted.take([request()]))[0]?.status, 'DUPLICATE');
  await following.stop();
});

test('an id that comes again with another reference stays in its lineage, where the conflict is seen', async () => {
  const { intake } = bench();
  const cancel = (ref: string) =>
    request({ sourceExecutionId: 'C1', action: 'CANCEL', refSourceExecutionId: ref });
  const [first, other] = await intake.take([cancel('A1'), cancel('B1')]);
  assert.equal(other?.status, 'CONFLICT');
  assert.equal(other?.lineageId, first?.lineageId);
});
