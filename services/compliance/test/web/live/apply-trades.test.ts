import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { TradeRow } from '../../../web/src/contract.ts';
import { appendPage, applyTrades, TRADES_MAX, type TradeList } from '../../../web/src/live/apply-trades.ts';
import { filtersFrom } from '../../../web/src/live/trade-filters.ts';
import { tradeRow } from './trade-row.ts';

const ALL = filtersFrom(new URLSearchParams());

/** What the server would answer: those that fit, newest first. */
const sorted = (rows: readonly TradeRow[]): TradeRow[] =>
  [...rows].sort((a, b) =>
    a.receivedAt === b.receivedAt
      ? b.executionId.localeCompare(a.executionId)
      : (b.receivedAt ?? '').localeCompare(a.receivedAt ?? ''),
  );

const rows = fc
  .uniqueArray(fc.record({ id: fc.nat(40), second: fc.integer({ min: 0, max: 20 }) }), {
    selector: ({ id }) => id,
    maxLength: 30,
  })
  .map((list) => list.map(({ id, second }) => tradeRow(`E${String(id).padStart(2, '0')}`, second)));

test('a list that took changes live is the list that would be fetched', () => {
  fc.assert(
    fc.property(rows, rows, fc.constantFrom('', 'state=ACCEPTED', 'late=true'), (known, changes, search) => {
      const filters = filtersFrom(new URLSearchParams(search));
      const fits = ({ state, late }: TradeRow) =>
        search === '' || (search === 'late=true' ? late === true : state === 'ACCEPTED');
      // A change keeps the time of arrival: only what became of the trade is new.
      const arrival = new Map(known.map((row) => [row.executionId, row.receivedAt]));
      const changed = changes.map((row, index) => ({
        ...row,
        receivedAt: arrival.get(row.executionId) ?? row.receivedAt,
        state: index % 2 === 0 ? ('ACCEPTED' as const) : ('SENT' as const),
        late: index % 3 === 0,
      }));
      const list: TradeList = { rows: sorted(known.filter(fits)), nextCursor: null, capped: false };
      const after = new Map([...known, ...changed].map((row) => [row.executionId, row]));
      assert.deepEqual(applyTrades(list, changed, filters).rows, sorted([...after.values()].filter(fits)));
    }),
  );
});

test('a trade older than the last one shown waits for its page', () => {
  const list: TradeList = { rows: [tradeRow('E2', 9), tradeRow('E1', 5)], nextCursor: 'more', capped: false };
  const after = applyTrades(list, [tradeRow('E0', 1), tradeRow('E3', 7)], ALL);
  assert.deepEqual(
    after.rows.map(({ executionId }) => executionId),
    ['E2', 'E3', 'E1'],
  );
});

test('a page that overlaps with what came live adds each trade once', () => {
  const list: TradeList = { rows: [tradeRow('E2', 9), tradeRow('E1', 5)], nextCursor: 'more', capped: false };
  const after = appendPage(list, { items: [tradeRow('E1', 5), tradeRow('E0', 1)], nextCursor: null });
  assert.deepEqual(
    after.rows.map(({ executionId }) => executionId),
    ['E2', 'E1', 'E0'],
  );
  assert.equal(after.nextCursor, null);
});

test('memory is bounded: the oldest are let go, and the list says so', () => {
  const many = Array.from({ length: TRADES_MAX }, (_, index) => tradeRow(`E${index}`, 1));
  const after = applyTrades({ rows: many, nextCursor: null, capped: false }, [tradeRow('NEW', 2)], ALL);
  assert.equal(after.rows.length, TRADES_MAX);
  assert.equal(after.rows[0]?.executionId, 'NEW');
  assert.equal(after.capped, true);
});
