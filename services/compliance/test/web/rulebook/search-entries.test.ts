import assert from 'node:assert/strict';
import { test } from 'node:test';
import { showRulebook } from '../../../src/views/rulebook.ts';
import { searchable, searchEntries } from '../../../web/src/board/rulebook/search-entries.ts';
import { RULEBOOK_FILES } from '../../harness.ts';

const { view } = showRulebook(RULEBOOK_FILES);
const all = searchable(view);
const ids = (search: string, certainty = '') => searchEntries(all, search, certainty).map(({ id }) => id);

test('a stranger finds when a trade of Friday 18:45 is due by typing just that', () => {
  assert.ok(ids('friday 18:45').slice(0, 5).includes('ADF-EVENING'));
  assert.equal(ids('6:45 p.m. friday')[0], 'ADF-EVENING');
});

test('every word must be found, in any order and case; entries whose own words have them come first', () => {
  const found = ids('CLOSES adf');
  assert.ok(found.length > 0);
  assert.deepEqual(new Set(found), new Set(ids('adf closes')));
  assert.deepEqual(ids('adf xyzzy'), []);
  assert.equal(ids('EDGE-NORMAL-CLOSE')[0], 'EDGE-NORMAL-CLOSE');
});

test('nothing typed shows all of them as they stand; a certainty keeps its own', () => {
  assert.deepEqual(
    ids('  '),
    view.entries.map(({ id }) => id),
  );
  const assumed = searchEntries(all, '', 'assumed');
  assert.ok(assumed.length > 0 && assumed.every(({ certainty }) => certainty === 'assumed'));
});
