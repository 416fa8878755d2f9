import assert from 'node:assert/strict';
import test from 'node:test';
import {
  alert,
  FIELDS,
  inDoubt,
  intended,
  lineageOf,
  received,
  repairClosed,
  repairOf,
  repairOpened,
  reportable,
  reportOf,
  trade,
} from '../events.ts';
import { codec, startHarness } from '../harness.ts';

const t = trade('E1');
const resubmit = { fields: { ...FIELDS, symbol: 'AAPL' }, reason: 'typo in symbol' };

test('a resubmission is a durable event with who, when and what, on the lineage it mends', async () => {
  const h = await startHarness();
  await h.see(received(t), repairOpened(t));
  const answer = await h.as('officer', 'POST', `/api/repairs/${repairOf(t)}/resubmit`, resubmit);
  assert.equal(answer.statusCode, 202);
  const [logged] = h.memory.records('desk.actions');
  assert.equal(logged?.key, lineageOf(t));
  const acted = codec.decode(logged!.value);
  assert.equal(acted.type, 'DeskActed');
  assert.partialDeepStrictEqual(acted.event, {
    actionId: answer.json().actionId,
    actor: 'officer',
    role: 'officer',
    verb: 'RESUBMIT',
    subject: repairOf(t),
    reason: 'typo in symbol',
    source: 'desk-a',
    sourceExecutionId: 'E1',
    repairStage: 'enrichment',
    executionAction: 'NEW',
    fields: { symbol: 'AAPL', quantity: '100' },
  });
  await h.stop();
});

test('two clicks make one act; the item is pending until the pipeline has settled it', async () => {
  const h = await startHarness();
  await h.see(received(t), repairOpened(t));
  const url = `/api/repairs/${repairOf(t)}/resubmit`;
  const both = await Promise.all([
    h.as('officer', 'POST', url, resubmit),
    h.as('officer', 'POST', url, resubmit),
  ]);
  assert.deepEqual(both.map((answer) => answer.statusCode).sort(), [202, 409]);
  await h.see();
  const queue = await h.as('viewer', 'GET', '/api/repairs');
  assert.equal(queue.json().items[0].state, 'PENDING');
  assert.equal((await h.as('officer', 'POST', url, resubmit)).json().code, 'ALREADY_SETTLED');

  await h.see(repairClosed(t));
  assert.deepEqual((await h.as('viewer', 'GET', '/api/repairs')).json().items, []);
  const closed = (await h.as('viewer', 'GET', `/api/repairs/${repairOf(t)}`)).json();
  assert.equal(closed.repair.state, 'CLOSED');
  await h.clock.advance(31_000_000_000n);
  assert.equal((await h.as('officer', 'POST', url, resubmit)).statusCode, 409);
  await h.stop();
});

test('an act that shows no effect may be repeated after a while', async () => {
  const h = await startHarness();
  await h.see(repairOpened(t));
  const url = `/api/repairs/${repairOf(t)}/discard`;
  assert.equal((await h.as('officer', 'POST', url, { reason: 'test trade' })).statusCode, 202);
  await h.clock.advance(31_000_000_000n);
  assert.equal((await h.as('officer', 'POST', url, { reason: 'test trade' })).statusCode, 202);
  await h.stop();
});

test('a viewer looks and cannot act', async () => {
  const h = await startHarness();
  await h.see(received(t), repairOpened(t), alert('clock', 'hot', 'RAISED'));
  for (const [url, body] of [
    [`/api/repairs/${repairOf(t)}/resubmit`, resubmit],
    [`/api/repairs/${repairOf(t)}/discard`, { reason: 'because' }],
    [`/api/in-doubt/${reportOf(t)}/resolve`, { outcome: 'NOT_RECEIVED', reason: 'asked' }],
    ['/api/alerts/A1/acknowledge', {}],
  ] as const) {
    const answer = await h.as('viewer', 'POST', url, body);
    assert.equal(answer.statusCode, 403, url);
    assert.equal(answer.json().code, 'ROLE_REQUIRED');
  }
  assert.equal(h.memory.records('desk.actions').length, 0);
  await h.stop();
});

test('fields are checked: missing, unknown, not text, control characters', async () => {
  const h = await startHarness();
  await h.see(repairOpened(t));
  const { memo: _memo, ...missing } = FIELDS;
  for (const fields of [
    missing,
    { ...FIELDS, extra: 'x' },
    { ...FIELDS, price: 187.25 },
    { ...FIELDS, memo: 'a\u0001b' },
  ]) {
    const answer = await h.as('officer', 'POST', `/api/repairs/${repairOf(t)}/resubmit`, {
      fields,
      reason: 'why',
    });
    assert.equal(answer.statusCode, 400);
    assert.equal(answer.json().code, 'REQUEST_INVALID');
    assert.ok(answer.json().issues.length > 0);
  }
  await h.stop();
});

test('an officer resolves a report in doubt with what the facility said', async () => {
  const h = await startHarness();
  await h.see(received(t), reportable(t), intended(t), inDoubt(t));
  await h.clock.advance(5_000_000_000n);
  const url = `/api/in-doubt/${reportOf(t)}/resolve`;
  const incomplete = await h.as('officer', 'POST', url, { outcome: 'ACCEPTED', reason: 'by phone' });
  assert.equal(incomplete.json().issues[0].field, 'controlDate');
  const body = { outcome: 'ACCEPTED', controlDate: '20250304', controlNumber: 'C9', reason: 'by phone' };
  const answer = await h.as('officer', 'POST', url, body);
  assert.equal(answer.statusCode, 202);
  const acted = codec.decode(h.memory.records('desk.actions')[0]!.value);
  assert.partialDeepStrictEqual(acted.event, {
    outcome: 'ACCEPTED',
    controlNumber: 'C9',
    subject: reportOf(t),
  });
  await h.see();
  const [row] = (await h.as('viewer', 'GET', '/api/in-doubt')).json().items;
  assert.equal(row.resolving, answer.json().actionId);
  assert.equal((await h.as('officer', 'POST', url, body)).statusCode, 409);
  assert.equal((await h.as('officer', 'POST', '/api/in-doubt/NONE/resolve', body)).statusCode, 404);
  await h.stop();
});

test('an acknowledgement stands with the alert until it is raised anew', async () => {
  const h = await startHarness();
  await h.see(alert('clock', 'hot', 'RAISED'));
  const [raised] = (await h.as('viewer', 'GET', '/api/alerts')).json().items;
  assert.equal(raised.acknowledgedBy, null);
  const url = `/api/alerts/${raised.alertId}/acknowledge`;
  const both = await Promise.all([h.as('officer', 'POST', url, {}), h.as('officer', 'POST', url, {})]);
  assert.deepEqual(both.map((answer) => answer.statusCode).sort(), [202, 409]);
  await h.see();
  const [seen] = (await h.as('viewer', 'GET', '/api/alerts')).json().items;
  assert.equal(seen.acknowledgedBy, 'officer');
  await h.see(alert('clock', 'hot', 'CLEARED', 5_000n), alert('clock', 'hot', 'RAISED', 9_000n));
  const [again] = (await h.as('viewer', 'GET', '/api/alerts')).json().items;
  assert.equal(again.acknowledgedBy, null);
  await h.stop();
});

test('when the log refuses, the officer is told and nothing was done', async () => {
  const h = await startHarness();
  await h.see(repairOpened(t));
  const mend = h.memory.fault({ kind: 'DISK_FULL' });
  const url = `/api/repairs/${repairOf(t)}/discard`;
  const answer = await h.as('officer', 'POST', url, { reason: 'because' });
  assert.equal(answer.statusCode, 503);
  assert.equal(answer.json().code, 'LOG_UNAVAILABLE');
  mend();
  assert.equal((await h.as('officer', 'POST', url, { reason: 'because' })).statusCode, 202);
  await h.stop();
});
