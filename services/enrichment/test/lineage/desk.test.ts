import assert from 'node:assert/strict';
import test from 'node:test';
import { executionId, reportId } from '@tapeclock/domain';
import type { AnyEvent } from '@tapeclock/schemas';
import { act, bench, only, received, SOURCE } from '../support/fixtures.ts';

const BAD = { price: '0' } as const;

test('a repaired resubmission is the next revision, and closes the item in the name of who did it', () => {
  const service = bench();
  const repair = only(service.receive(received('X1', { fields: BAD })), 'RepairOpened');
  const outputs = service.desk(act('RESUBMIT', repair.repairId, 'X1'));
  const trade = only(outputs, 'TradeReportable');
  assert.equal(trade.revision, 1);
  assert.equal(trade.executionId, executionId(SOURCE, 'X1', 1));
  assert.equal(trade.reportId, reportId(executionId(SOURCE, 'X1', 1), 'NEW'));
  const closed = only(outputs, 'RepairClosed');
  assert.deepEqual(
    [closed.repairId, closed.resolution, closed.actor, closed.executionId],
    [repair.repairId, 'RESUBMITTED', 'olga', trade.executionId],
  );
});

test('a resubmission that is still wrong closes the item and opens its successor', () => {
  const service = bench();
  const first = only(service.receive(received('X1', { fields: BAD })), 'RepairOpened');
  const outputs = service.desk(act('RESUBMIT', first.repairId, 'X1', { fields: BAD }));
  const next = only(outputs, 'RepairOpened');
  assert.notEqual(next.repairId, first.repairId);
  assert.equal(next.channel, 'DESK');
  const last = service.desk(act('RESUBMIT', next.repairId, 'X1'));
  assert.equal(only(last, 'TradeReportable').revision, 2);
});

test('of two people who resubmit one item only the first is heard', () => {
  const service = bench();
  const repair = only(service.receive(received('X1', { fields: BAD })), 'RepairOpened');
  service.desk(act('RESUBMIT', repair.repairId, 'X1', { actionId: 'A1' }));
  assert.deepEqual(service.desk(act('RESUBMIT', repair.repairId, 'X1', { actionId: 'A2' })), []);
});

test('a discarded item is closed, and the id is free for a better message', () => {
  const service = bench();
  const repair = only(service.receive(received('X1', { fields: BAD })), 'RepairOpened');
  const closed = only(service.desk(act('DISCARD', repair.repairId, 'X1')), 'RepairClosed');
  assert.equal(closed.resolution, 'DISCARDED');
  assert.deepEqual(service.desk(act('DISCARD', repair.repairId, 'X1', { actionId: 'again' })), []);
  only(service.receive(received('X1')), 'TradeReportable');
});

test('a report that the facility refused is sent again as new, under a new report id', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const outputs = service.desk(
    act('RESUBMIT', 'FACILITY-ITEM', 'X1', { repairStage: 'facility', fields: { price: '188' } }),
  );
  const again = only(outputs, 'TradeReportable');
  assert.deepEqual([again.action, again.revision, again.refReportId], ['NEW', 1, null]);
  assert.notEqual(again.reportId, first.reportId);
  assert.equal(only(outputs, 'RepairClosed').repairId, 'FACILITY-ITEM');
});

test('a refused correction is sent again against the report before it', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  service.receive(received('R1', { action: 'CORRECT', ref: 'X1', fields: { price: '188' } }));
  const resubmission = act('RESUBMIT', 'F', 'X1', { sourceExecutionId: 'R1', repairStage: 'facility' });
  const again = only(service.desk(resubmission), 'TradeReportable');
  assert.deepEqual([again.action, again.revision, again.refReportId], ['CORRECT', 1, first.reportId]);
});

test('a refused cancel is sent again', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  service.receive(received('C1', { action: 'CANCEL', ref: 'X1' }));
  const resubmission = act('RESUBMIT', 'F', 'X1', { sourceExecutionId: 'C1', repairStage: 'facility' });
  const again = only(service.desk(resubmission), 'TradeReportable');
  assert.deepEqual([again.action, again.revision, again.refReportId], ['CANCEL', 1, first.reportId]);
});

test('a refused report whose trade was cancelled since is not sent again', () => {
  const service = bench();
  service.receive(received('X1'));
  service.receive(received('C1', { action: 'CANCEL', ref: 'X1' }));
  const outputs = service.desk(act('RESUBMIT', 'F', 'X1', { repairStage: 'facility' }));
  assert.equal(only(outputs, 'RepairOpened').issues[0]?.code, 'CORRECTION_OF_CANCELLED');
});

test('a refused resend that is wrong again stays a resend, and never becomes a correction', () => {
  const service = bench();
  service.receive(received('X1'));
  const wrong = service.desk(act('RESUBMIT', 'F', 'X1', { repairStage: 'facility', fields: BAD }));
  const item = only(wrong, 'RepairOpened');
  const last = only(service.desk(act('RESUBMIT', item.repairId, 'X1')), 'TradeReportable');
  assert.deepEqual([last.action, last.revision], ['NEW', 2]);
});

test('a resubmitted duplicate corrects the first one; it is never a second report', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const other = only(service.receive(received('X1', { fields: { price: '188' } })), 'RepairOpened');
  const trade = only(
    service.desk(act('RESUBMIT', other.repairId, 'X1', { fields: { price: '188' } })),
    'TradeReportable',
  );
  assert.deepEqual([trade.action, trade.refReportId, trade.revision], ['CORRECT', first.reportId, 1]);
});

test('an act without knowledge of its item cannot make a second report of a told id', () => {
  const service = bench();
  service.receive(received('X1'));
  const trade = only(service.desk(act('RESUBMIT', 'UNKNOWN-ITEM', 'X1')), 'TradeReportable');
  assert.equal(trade.action, 'CORRECT');
});

test('a cancel that came too early goes through when it is resubmitted after its execution', () => {
  const service = bench();
  const repair = only(service.receive(received('C1', { action: 'CANCEL', ref: 'X1' })), 'RepairOpened');
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const resubmission = act('RESUBMIT', repair.repairId, 'X1', { sourceExecutionId: 'C1' });
  const undo = only(service.desk(resubmission), 'TradeReportable');
  assert.deepEqual([undo.action, undo.refReportId], ['CANCEL', first.reportId]);
});

test('an act that lacks its fields is refused loudly', () => {
  assert.throws(() => bench().desk({ ...act('RESUBMIT', 'R', 'X1'), fields: null }), /lacks fields/);
});

test('acts on CAT items and other verbs are left to others', () => {
  const service = bench();
  assert.deepEqual(service.desk(act('DISCARD', 'R', 'X1', { repairStage: 'cat' })), []);
  assert.deepEqual(service.desk({ ...act('DISCARD', 'R', 'X1'), verb: 'CANCEL_REPORT' }), []);
});

test('after a crash the replayed tail makes nothing again, and what was cut off is completed', () => {
  const service = bench();
  const inputs: AnyEvent[] = [
    { type: 'ExecutionReceived', event: received('X1', { fields: BAD }) },
    { type: 'ExecutionReceived', event: received('Y1') },
    {
      type: 'ExecutionReceived',
      event: received('R1', { action: 'CORRECT', ref: 'Y1', fields: { symbol: 'MSFT' } }),
    },
    { type: 'ExecutionReceived', event: received('C1', { action: 'CANCEL', ref: 'R1', root: 'Y1' }) },
    { type: 'ExecutionReceived', event: received('Y1', { fields: { price: '1' } }) },
  ];
  const outputs = inputs.flatMap((input) => service.step(input));
  const repair = outputs.find(({ type }) => type === 'RepairOpened')!.event as { repairId: string };
  const acts: AnyEvent[] = [
    { type: 'DeskActed', event: act('RESUBMIT', repair.repairId, 'X1', { actionId: 'A1', fields: BAD }) },
  ];
  outputs.push(...acts.flatMap((input) => service.step(input)));
  const second = outputs.filter(({ type }) => type === 'RepairOpened').at(-1)!.event as { repairId: string };
  acts.push({ type: 'DeskActed', event: act('RESUBMIT', second.repairId, 'X1', { actionId: 'A2' }) });
  outputs.push(...acts.slice(1).flatMap((input) => service.step(input)));

  // Nothing of the inputs was committed, everything of the outputs was durable.
  service.restart(outputs);
  assert.deepEqual(
    [...inputs, ...acts].flatMap((input) => service.step(input)),
    [],
  );

  // The trade of the last act was durable, the closing of its item was not.
  const cutOff = outputs.filter(
    ({ type, event }) =>
      !(type === 'RepairClosed' && (event as { repairId: string }).repairId === second.repairId),
  );
  service.restart(cutOff);
  const completed = [...inputs, ...acts].flatMap((input) => service.step(input));
  assert.deepEqual(
    completed.map(({ type }) => type),
    ['RepairClosed'],
  );
  assert.equal(only(completed, 'RepairClosed').repairId, second.repairId);

  // The first act's new item was durable, the closing of its old one was not; nobody had seen the new one yet.
  const early = outputs.slice(0, outputs.findIndex(({ event }) => event === second) + 1);
  service.restart(early);
  const closing = [...inputs, ...acts.slice(0, 1)].flatMap((input) => service.step(input));
  assert.deepEqual(
    closing.map(({ type, event }) => [type, (event as { repairId: string }).repairId]),
    [['RepairClosed', repair.repairId]],
  );
});
