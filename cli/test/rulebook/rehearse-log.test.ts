import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contentHash, eventId, executionId, lineageId, nsFromRfc3339 } from '@tapeclock/domain';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import {
  createEventCodec,
  embeddedRegistry,
  NO_STAMPS,
  releasedSchemas,
  topicDeclarations,
} from '@tapeclock/schemas';
import { eventsOf, type LogReader } from '../../src/log-reader.ts';
import { RULEBOOK_FOLDER } from '../../src/product-folders.ts';
import { rehearseLog } from '../../src/rulebook/rehearse-log.ts';
import { CURRENT, version } from '../../src/rulebook/versions.ts';

const NOW_NS = nsFromRfc3339('2026-03-31T16:00:00Z') ?? assert.fail();

async function logOf(...executedAt: readonly string[]): Promise<LogReader> {
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const memory = memoryEventLog({ clock: virtualClock(NOW_NS), topics: topicDeclarations });
  const log = memory.handle('writer');
  await log.append(
    executedAt.map((at, index) => codec.record('ExecutionReceived', received(`X${index}`, at))),
  );
  return { log, codec, events: (topic) => eventsOf(log, codec, topic), close: async () => {} };
}

function received(sourceExecutionId: string, executedAt: string) {
  const id = executionId('OMS', sourceExecutionId, 0);
  const hash = contentHash('NEW', executedAt);
  return {
    meta: {
      eventId: eventId('ExecutionReceived', id, hash),
      lineageId: lineageId('OMS', sourceExecutionId),
      schemaVersion: 1,
      recordedNs: NOW_NS,
      producer: 'test-gateway',
      traceparent: null,
      stamps: { ...NO_STAMPS, receivedNs: NOW_NS },
    },
    executionId: id,
    revision: 0,
    action: 'NEW' as const,
    channel: 'FIX' as const,
    source: 'OMS',
    sourceExecutionId,
    refSourceExecutionId: null,
    sessionId: 'S1',
    sessionSeq: 7n,
    contentHash: hash,
    fields: {
      symbol: 'AAPL',
      side: 'S',
      quantity: '100',
      price: '187.25',
      executedAt,
      mpid: 'TCLK',
      contraMpid: 'GRVT',
      capacity: 'P',
      contraCapacity: 'P',
      shortSale: 'N',
      facility: 'TRF_CARTERET',
      reportType: 'TAPE',
      tradeType: 'REGULAR',
      referenceAt: null,
      settlement: 'REGULAR',
      tradeThrough: null,
      executingParty: 'Y',
      account: 'ACC-1',
      accountHolderType: 'I',
      orderId: 'ORD-1',
      orderKeyDate: '2026-03-30T08:00:00Z',
      contraOrderId: null,
      clearingFirm: '9001',
      branchSequence: 'BR1',
      memo: null,
    },
    originalFormat: 'fix',
    original: new TextEncoder().encode('8=FIX.4.4'),
    repairOf: null,
    actor: null,
  };
}

test('the executions of the day are decided under both versions, those of other days are left out', async () => {
  const reader = await logOf(
    '2026-03-30T05:00:00-04:00',
    '2026-03-30T10:00:00-04:00',
    '2026-03-31T05:00:00-04:00',
  );
  const before = await version('trf-hours-unchanged', RULEBOOK_FOLDER);
  const after = await version(CURRENT, RULEBOOK_FOLDER);
  const { asked, differences, byClause } = await rehearseLog(reader, before, after, '2026-03-30');
  assert.equal(asked, 2);
  const early = executionId('OMS', 'X0', 0);
  assert.deepEqual([...new Set(differences.map((one) => one.executionId))], [early]);
  const due = differences.find(({ field }) => field === 'dueAtNs');
  assert.equal(due?.before, String(nsFromRfc3339('2026-03-30T08:15:00-04:00')));
  assert.equal(due?.after, String(nsFromRfc3339('2026-03-30T05:00:10-04:00')));
  assert.deepEqual([...byClause], [['6380A(a)', 1]]);
});
