import assert from 'node:assert/strict';
import { test } from 'node:test';
import { matchPath, withQuery } from '../../../web/src/router/match-path.ts';

test('a path gives its parameters decoded', () => {
  assert.deepEqual(matchPath('/trades/:id', '/trades/E%2F1'), { id: 'E/1' });
  assert.deepEqual(matchPath('/trades', '/trades/'), {});
});

test('a path of another shape, or one that cannot be decoded, does not fit', () => {
  for (const path of ['/trades', '/repairs/E1', '/trades/E1/more', '/trades/%E0%A4%A']) {
    assert.equal(matchPath('/trades/:id', path), null, path);
  }
});

test('what is not given leaves the query', () => {
  assert.equal(withQuery('/late', { q: null, state: '', mpid: undefined }), '/late');
  assert.equal(withQuery('/late', { q: 'a b&c', state: 'SENT' }), '/late?q=a+b%26c&state=SENT');
});
