import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { decodeMessage, encodeMessage, type Field, type FixMessage } from '@tapeclock/fix/codec';
import { mapMessage } from '../../src/mapping/map-message.ts';
import { parseProfile } from '../../src/mapping/parse-profile.ts';

function profile(name: string) {
  const file = new URL(`../../profiles/${name}.json`, import.meta.url);
  return parseProfile(name, readFileSync(file, 'utf8'));
}
const dropCopy = profile('drop-copy');

function message(msgType: string, fields: readonly Field[], version = 'FIX.4.4'): FixMessage {
  const decoded = decodeMessage(encodeMessage(version, msgType, fields));
  assert.ok(typeof decoded !== 'string');
  return decoded;
}

const trade: readonly Field[] = [
  [37, 'O1'],
  [17, 'E1'],
  [150, 'F'],
  [39, '2'],
  [1, 'ACCT'],
  [55, 'IBM'],
  [54, '5'],
  [32, '100'],
  [31, '10.25'],
  [60, '20261124-15:00:00.123456789'],
  [528, 'P'],
  [453, '2'],
  [448, 'TAPE'],
  [447, 'C'],
  [452, '1'],
  [448, 'WXYZ'],
  [447, 'C'],
  [452, '17'],
];
const without = (tag: number) => trade.filter(([candidate]) => candidate !== tag);
const having = (tag: number, value: string) =>
  trade.map((field) => (field[0] === tag ? ([tag, value] as const) : field));

test('a trade is mapped to canonical names and values, all still text', () => {
  const mapped = mapMessage(dropCopy, message('8', trade));
  assert.ok(mapped.kind === 'execution');
  assert.deepEqual(
    [mapped.action, mapped.sourceExecutionId, mapped.refSourceExecutionId, mapped.executedNs],
    ['NEW', 'E1', null, 1_795_532_400_123_456_789n],
  );
  const given = Object.fromEntries(Object.entries(mapped.fields).filter(([, value]) => value !== null));
  assert.deepEqual(given, {
    symbol: 'IBM',
    side: 'S',
    shortSale: 'S',
    quantity: '100',
    price: '10.25',
    executedAt: '2026-11-24T15:00:00.123456789Z',
    mpid: 'TAPE',
    contraMpid: 'WXYZ',
    capacity: 'P',
    settlement: 'REGULAR',
    account: 'ACCT',
    orderId: 'O1',
    executingParty: 'Y',
  });
});

test('the order on the other side comes with SecondaryOrderID', () => {
  const mapped = mapMessage(dropCopy, message('8', [...trade, [198, 'O2']]));
  assert.ok(mapped.kind === 'execution');
  assert.equal(mapped.fields.contraOrderId, 'O2');
});

test('a bust and a correction name what they refer to', () => {
  const bust = mapMessage(dropCopy, message('8', [...having(150, 'H'), [19, 'E0']]));
  assert.ok(bust.kind === 'execution');
  assert.deepEqual([bust.action, bust.refSourceExecutionId], ['CANCEL', 'E0']);
  const correction = mapMessage(dropCopy, message('8', [...having(150, 'G'), [19, 'E0']]));
  assert.equal(correction.kind === 'execution' && correction.action, 'CORRECT');
});

test('order events and allocations are no executions, with a reason', () => {
  assert.equal(mapMessage(dropCopy, message('8', having(150, '0'))).kind, 'ignored');
  const allocation = mapMessage(dropCopy, message('J', [[70, 'A1']]));
  assert.match(allocation.kind === 'ignored' ? allocation.reason : '', /allocation/);
  assert.equal(mapMessage(dropCopy, message('D', [[11, 'C1']])).kind, 'unsupported');
});

test('an execution without an id, or with one that no system could carry, is refused by tag', () => {
  for (const bad of [without(17), having(17, 'x'.repeat(65)), having(17, 'a b'), having(17, 'é')]) {
    const mapped = mapMessage(dropCopy, message('8', bad));
    assert.ok(mapped.kind === 'refused');
    assert.equal(mapped.tag, 17);
    assert.equal(mapped.fields.symbol, 'IBM', 'a person can still see what it was');
  }
  const bust = mapMessage(dropCopy, message('8', having(150, 'H')));
  assert.equal(bust.kind === 'refused' && bust.tag, 19);
});

test('a missing or unreadable execution time stays missing or unreadable', () => {
  const missing = mapMessage(dropCopy, message('8', without(60)));
  assert.ok(missing.kind === 'execution');
  assert.deepEqual([missing.fields.executedAt, missing.executedNs], [null, null]);
  const unreadable = mapMessage(dropCopy, message('8', having(60, 'yesterday')));
  assert.ok(unreadable.kind === 'execution');
  assert.deepEqual([unreadable.fields.executedAt, unreadable.executedNs], ['yesterday', null]);
});

test('a value that the profile does not list goes through for enrichment to refuse', () => {
  const mapped = mapMessage(dropCopy, message('8', having(54, 'Z')));
  assert.equal(mapped.kind === 'execution' && mapped.fields.side, 'Z');
});

test('FIX 4.2 tells trade, bust and correction by ExecTransType and parties by tags of their own', () => {
  const profile42 = profile('drop-copy-fix42');
  const fields: readonly Field[] = [
    [17, 'E1'],
    [20, '0'],
    [150, '2'],
    [55, 'IBM'],
    [54, '1'],
    [32, '5'],
    [31, '1'],
    [60, '20261124-15:00:00'],
    [76, 'TAPE'],
    [375, 'WXYZ'],
    [47, 'A'],
  ];
  const mapped = mapMessage(profile42, message('8', fields, 'FIX.4.2'));
  assert.ok(mapped.kind === 'execution');
  assert.deepEqual(
    [mapped.action, mapped.fields.mpid, mapped.fields.contraMpid, mapped.fields.capacity],
    ['NEW', 'TAPE', 'WXYZ', 'A'],
  );
  const bust = mapMessage(
    profile42,
    message('8', [...fields.map((f) => (f[0] === 20 ? ([20, '1'] as const) : f)), [19, 'E0']], 'FIX.4.2'),
  );
  assert.equal(bust.kind === 'execution' && bust.action, 'CANCEL');
});

test('a profile with mistakes is refused with all of them at once', () => {
  const bad = JSON.stringify({
    name: '',
    messages: [{ msgType: '8', action: 'BUY', id: 'x' }],
    fields: { symbl: { tag: 55 }, price: { tag: 31, constant: '1' } },
  });
  assert.throws(
    () => parseProfile('bad.json', bad),
    /bad\.json:.*name.*messages\[0\]\.action.*messages\[0\]\.id.*fields\.symbl.*fields\.price/s,
  );
});
