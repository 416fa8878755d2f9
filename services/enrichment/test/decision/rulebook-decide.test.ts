import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import { loadRulebook } from '@tapeclock/service';
import { rulebookDecide } from '../../src/index.ts';
import { TRADE_THROUGH_REASONS } from '../../src/validation/vocabulary.ts';
import { at, bench, EXECUTED_AT, NOW_NS, only, received } from '../support/fixtures.ts';

const rulebook = await loadRulebook(new URL('../../../../rulebook', import.meta.url).pathname);
const service = () => bench({ decide: rulebookDecide(rulebook) });
const fieldsOf = (marks: readonly { readonly field: number; readonly code: string }[]) =>
  marks.map(({ field, code }) => `${field}${code}`);

test('a trade in normal hours is due ten seconds after its execution, marked only when late', () => {
  const { decision } = only(service().receive(received('X1')), 'TradeReportable');
  assert.equal(decision.dueAtNs, at(EXECUTED_AT) + 10n * NS_PER_SECOND);
  assert.deepEqual([decision.rulebookVersion, decision.tradeDate], [rulebook.version, '20250304']);
  assert.deepEqual([fieldsOf(decision.modifiers), fieldsOf(decision.lateModifiers)], [[], ['3Z']]);
});

test('settlement and trade-through reason are marked in fields 1 and 2, and the reason may bring field 4 along', () => {
  const fields = { settlement: 'CASH', tradeThrough: 'QCT' };
  const { decision } = only(service().receive(received('X1', { fields })), 'TradeReportable');
  assert.deepEqual(fieldsOf(decision.modifiers), ['1C', '2V', '4W']);
  assert.deepEqual(fieldsOf(decision.lateModifiers), ['1C', '2V', '3Z', '4W']);
});

test('field 4 holds one mark: a prior reference price is not overwritten by an average price', () => {
  const fields = { tradeType: 'PRP', referenceAt: '2025-03-04T15:00:00Z', tradeThrough: 'PRINT_PROTECTION' };
  const { decision } = only(service().receive(received('X1', { fields })), 'TradeReportable');
  assert.deepEqual(fieldsOf(decision.modifiers), ['28', '4P']);
});

test('the rulebook has a mark for every reason and settlement that validation lets through', () => {
  const bed = service();
  let n = 0;
  for (const tradeThrough of TRADE_THROUGH_REASONS) {
    for (const settlement of ['REGULAR', 'CASH', 'NEXT_DAY', 'SELLERS_OPTION']) {
      n += 1;
      only(bed.receive(received(`X${n}`, { fields: { tradeThrough, settlement } })), 'TradeReportable');
    }
  }
});

test('a same-day correction of the price stays one report; of the symbol it becomes two', () => {
  const bed = service();
  bed.receive(received('X1'));
  const price = received('R1', { action: 'CORRECT', ref: 'X1', fields: { price: '188' } });
  assert.equal(only(bed.receive(price), 'TradeReportable').action, 'CORRECT');
  const symbol = received('R2', { action: 'CORRECT', ref: 'R1', root: 'X1', fields: { symbol: 'MSFT' } });
  const actions = bed.receive(symbol).map(({ event }) => (event as { action: string }).action);
  assert.deepEqual(actions, ['CANCEL', 'NEW']);
});

test('a cancel of an earlier day is a reversal', () => {
  const bed = service();
  bed.receive(received('X1'));
  const fields = { executedAt: '2025-03-05T15:00:00Z' };
  const cancel = received('C1', { action: 'CANCEL', ref: 'X1', fields });
  const undo = only(bed.receive(cancel, NOW_NS + 86_400n * NS_PER_SECOND), 'TradeReportable');
  assert.equal(undo.action, 'REVERSAL');
});

test('what the rulebook refuses is a repair item with the rulebook’s own code', () => {
  const bed = service();
  bed.receive(received('X1'));
  const fields = { executedAt: '2025-03-04T15:29:00Z' };
  const early = received('C1', { action: 'CANCEL', ref: 'X1', fields });
  const codes = only(bed.receive(early), 'RepairOpened').issues.map(({ code }) => code);
  assert.deepEqual(codes, ['EVENT_BEFORE_EXECUTION']);
  const old = received('X2', {
    fields: { executedAt: '2024-12-31T15:00:00Z', orderId: null, orderKeyDate: null },
  });
  assert.deepEqual(
    only(bed.receive(old), 'RepairOpened').issues.map(({ code }) => code),
    ['OUTSIDE_RULEBOOK'],
  );
});

test('between two members, with nothing agreed, the buyer does not report', () => {
  const bought = received('X1', { fields: { side: 'B', executingParty: null } });
  const trade = only(service().receive(bought), 'TradeReportable');
  assert.deepEqual([trade.decision.reportable, trade.reportId], [false, null]);
  assert.match(trade.reportingSideReason, /sell side reports/);
  const sold = received('X2', { fields: { executingParty: null } });
  assert.equal(only(service().receive(sold), 'TradeReportable').decision.reportable, true);
});
