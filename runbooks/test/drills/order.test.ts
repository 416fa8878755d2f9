import assert from 'node:assert/strict';
import test from 'node:test';
import { outOfTurn } from '../../drills/facility-session-down.ts';

const waited = [
  { reportId: 'late', dueAtNs: 90n },
  { reportId: 'between', dueAtNs: 105n },
  { reportId: 'near', dueAtNs: 120n },
  { reportId: 'far', dueAtNs: 190n },
];
const back = { upNs: 100n, backNs: 110n };
const taken = (...ids: readonly string[]) => ids.map((reportId) => ({ facility: 'ADF', reportId }));

test('a report that could still make it and was taken behind a late one is out of turn', () => {
  assert.equal(outOfTurn(taken('near', 'far', 'between', 'late'), waited, back), 0);
  assert.equal(outOfTurn(taken('near', 'late', 'far'), waited, back), 1);
  assert.equal(outOfTurn(taken('between', 'near', 'far', 'late'), waited, back), 0);
});

test('facilities do not wait for each other', () => {
  const other = [{ facility: 'ORF', reportId: 'late' }, ...taken('near', 'far')];
  assert.equal(outOfTurn(other, waited, back), 0);
});
