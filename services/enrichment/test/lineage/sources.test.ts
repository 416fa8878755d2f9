import assert from 'node:assert/strict';
import test from 'node:test';
import { bench, NOW_NS, only, received } from '../support/fixtures.ts';

const codesOf = (repair: { readonly issues: readonly { readonly code: string }[] }) =>
  repair.issues.map(({ code }) => code);

test('the same id with the same content is dropped, however often it comes', () => {
  const service = bench();
  service.receive(received('X1'));
  assert.deepEqual(service.receive(received('X1')), []);
  assert.deepEqual(service.receive(received('X1')), []);
  assert.equal(service.store.counts.duplicates, 2);
});

test('the same id with other content opens one repair item, and the first stands', () => {
  const service = bench();
  service.receive(received('X1'));
  const other = received('X1', { fields: { price: '188' } });
  const repair = only(service.receive(other), 'RepairOpened');
  assert.deepEqual(codesOf(repair), ['DUPLICATE_ID_OTHER_CONTENT']);
  assert.equal(repair.dueAtNs, null);
  assert.deepEqual(service.receive(other), []);
});

test('a cancel takes back the trade as it was reported, whatever it repeats', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const cancel = received('C1', { action: 'CANCEL', ref: 'X1', fields: { symbol: 'MSFT', price: null } });
  const undo = only(service.receive(cancel), 'TradeReportable');
  assert.equal(undo.action, 'CANCEL');
  assert.equal(undo.refReportId, first.reportId);
  assert.notEqual(undo.reportId, first.reportId);
  assert.deepEqual(undo.execution, first.execution);
});

test('a trade of an earlier day is taken back by a reversal', () => {
  const service = bench();
  service.receive(received('X1'));
  const cancel = received('C1', {
    action: 'CANCEL',
    ref: 'X1',
    fields: { executedAt: '2025-03-05T15:00:00Z' },
  });
  const undo = only(service.receive(cancel, NOW_NS + 86_400_000_000_000n), 'TradeReportable');
  assert.equal(undo.action, 'REVERSAL');
});

test('a cancel that comes before its execution waits in repair; the execution is reported all the same', () => {
  const service = bench();
  const repair = only(service.receive(received('C1', { action: 'CANCEL', ref: 'X1' })), 'RepairOpened');
  assert.deepEqual(codesOf(repair), ['CANCEL_OF_UNKNOWN']);
  assert.deepEqual(
    service.receive(received('X1')).map(({ type }) => type),
    ['TradeReportable'],
  );
});

test('a cancel of a cancel, a second cancel and a cancel of what waits in repair are told apart', () => {
  const service = bench();
  service.receive(received('X1'));
  service.receive(received('C1', { action: 'CANCEL', ref: 'X1' }));
  const ofCancel = received('C2', { action: 'CANCEL', ref: 'C1', root: 'X1' });
  assert.deepEqual(codesOf(only(service.receive(ofCancel), 'RepairOpened')), ['CANCEL_OF_CANCEL']);
  const second = received('C3', { action: 'CANCEL', ref: 'X1' });
  assert.deepEqual(codesOf(only(service.receive(second), 'RepairOpened')), ['CANCEL_OF_CANCELLED']);
  service.receive(received('Y1', { fields: { price: '0' } }));
  const ofRepair = received('C4', { action: 'CANCEL', ref: 'Y1' });
  assert.deepEqual(codesOf(only(service.receive(ofRepair), 'RepairOpened')), ['CANCEL_OF_UNREPORTED']);
});

test('a correction replaces the report it refers to, and the next one replaces the correction', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const second = only(
    service.receive(received('R1', { action: 'CORRECT', ref: 'X1', fields: { price: '188' } })),
    'TradeReportable',
  );
  assert.deepEqual([second.action, second.refReportId], ['CORRECT', first.reportId]);
  const third = only(
    service.receive(received('R2', { action: 'CORRECT', ref: 'R1', root: 'X1', fields: { price: '189' } })),
    'TradeReportable',
  );
  assert.deepEqual([third.action, third.refReportId], ['CORRECT', second.reportId]);
});

test('a correction of the symbol is told as a cancel and a new report', () => {
  const service = bench();
  const first = only(service.receive(received('X1')), 'TradeReportable');
  const outputs = service.receive(
    received('R1', { action: 'CORRECT', ref: 'X1', fields: { symbol: 'MSFT' } }),
  );
  const [undo, anew] = outputs.map(({ type, event }) => {
    assert.equal(type, 'TradeReportable');
    return event as typeof first;
  });
  assert.deepEqual(
    [undo?.action, undo?.refReportId, undo?.execution.symbol],
    ['CANCEL', first.reportId, 'AAPL'],
  );
  assert.deepEqual([anew?.action, anew?.refReportId, anew?.execution.symbol], ['NEW', null, 'MSFT']);
  const cancel = only(
    service.receive(received('C1', { action: 'CANCEL', ref: 'R1', root: 'X1' })),
    'TradeReportable',
  );
  assert.equal(cancel.refReportId, anew?.reportId);
});

test('a correction of the unknown or the cancelled is a repair item', () => {
  const service = bench();
  const unknown = received('R1', { action: 'CORRECT', ref: 'X1' });
  assert.deepEqual(codesOf(only(service.receive(unknown), 'RepairOpened')), ['CORRECTION_OF_UNKNOWN']);
  service.receive(received('X1'));
  service.receive(received('C1', { action: 'CANCEL', ref: 'X1' }));
  const late = received('R2', { action: 'CORRECT', ref: 'X1' });
  assert.deepEqual(codesOf(only(service.receive(late), 'RepairOpened')), ['CORRECTION_OF_CANCELLED']);
});

test('a correction to "the contra executed" takes the report back and sends nothing new', () => {
  const service = bench();
  service.receive(received('X1'));
  const outputs = service.receive(
    received('R1', { action: 'CORRECT', ref: 'X1', fields: { executingParty: 'N', price: '188' } }),
  );
  const told = outputs.map(({ event }) => event as { action: string; reportId: string | null });
  assert.deepEqual(
    told.map(({ action, reportId }) => [action, reportId !== null]),
    [
      ['CANCEL', true],
      ['NEW', false],
    ],
  );
});

test('a cancel of what was never sent sends nothing', () => {
  const service = bench();
  service.receive(received('X1', { fields: { executingParty: 'N' } }));
  const undo = only(service.receive(received('C1', { action: 'CANCEL', ref: 'X1' })), 'TradeReportable');
  assert.equal(undo.reportId, null);
});

test('a good message under the id of a refused one goes on and closes the item', () => {
  const service = bench();
  const repair = only(service.receive(received('X1', { fields: { price: '0' } })), 'RepairOpened');
  const outputs = service.receive(received('X1'));
  assert.equal(only(outputs, 'TradeReportable').action, 'NEW');
  const closed = only(outputs, 'RepairClosed');
  assert.deepEqual([closed.repairId, closed.resolution], [repair.repairId, 'SUPERSEDED']);
});

test('a second bad message under one id replaces the item of the first', () => {
  const service = bench();
  const first = only(service.receive(received('X1', { fields: { price: '0' } })), 'RepairOpened');
  const outputs = service.receive(received('X1', { fields: { price: '-1' } }));
  assert.equal(only(outputs, 'RepairOpened').issues[0]?.value, '-1');
  assert.equal(only(outputs, 'RepairClosed').repairId, first.repairId);
});
