import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LiveChange, Obligation, ObligationsPage } from '../../../web/src/contract.ts';
import {
  applyObligations,
  OBLIGATIONS_MAX,
  obligationsShort,
} from '../../../web/src/live/apply-obligations.ts';

const due = (executionId: string, ns: number): Obligation =>
  ({ executionId, dueAt: `2026-03-04T15:00:10.${String(ns).padStart(9, '0')}Z` }) as Obligation;

const page = (...items: Obligation[]): ObligationsPage =>
  ({ items, total: items.length, nextCursor: null, serverNowMs: 1 }) as unknown as ObligationsPage;

const change = (open: number, changed: Obligation[], removed: string[] = [], truncated = false): LiveChange =>
  ({
    serverNowMs: 2,
    overview: { counts: { open } },
    obligations: { changed, removed, truncated },
  }) as unknown as LiveChange;

const ids = ({ items }: ObligationsPage) => items.map(({ executionId }) => executionId);

test('the nearest deadline stands first, to the nanosecond', () => {
  const after = applyObligations(page(due('B', 2)), change(3, [due('C', 3), due('A', 1)]));
  assert.deepEqual(ids(after), ['A', 'B', 'C']);
  assert.equal(after.total, 3);
  assert.equal(after.serverNowMs, 2);
});

test('what is met goes, what changed is replaced, and one whose deadline moved finds its new place', () => {
  const after = applyObligations(page(due('A', 1), due('B', 2)), change(1, [due('B', 0)], ['A']));
  assert.deepEqual(after.items, [due('B', 0)]);
});

test('nothing new is the same page, so that nothing is drawn again', () => {
  const before = page(due('A', 1));
  assert.equal(applyObligations(before, change(1, [])), before);
  assert.equal(applyObligations(before, change(2, [])).total, 2);
});

test('of a flood the nearest are kept', () => {
  const flood = Array.from({ length: OBLIGATIONS_MAX + 10 }, (_, index) => due(`E${index}`, index));
  const after = applyObligations(page(), change(flood.length, flood.reverse()));
  assert.equal(after.items.length, OBLIGATIONS_MAX);
  assert.equal(after.items[0]?.executionId, 'E0');
});

test('a page that ran short of what is open is fetched again', () => {
  assert.equal(obligationsShort(page(due('A', 1)), change(1, [])), false);
  assert.equal(obligationsShort({ ...page(due('A', 1)), total: 2 }, change(2, [])), true);
  assert.equal(obligationsShort(page(due('A', 1)), change(1, [], [], true)), true);
});
