import assert from 'node:assert/strict';
import test from 'node:test';
import { FACILITIES, nsFromRfc3339, rejectCode, wireModifiers } from '../../src/index.ts';
import { RULEBOOK } from './rulebook-files.ts';

const AT = nsFromRfc3339('2026-11-24T15:00:00Z') ?? assert.fail();
const codes = (facility: (typeof FACILITIES)[number], ...modifiers: [number, string][]) =>
  wireModifiers(
    RULEBOOK,
    facility,
    modifiers.map(([field, code]) => ({ field, code })),
    AT,
  ).modifiers.map((modifier) => modifier.wire);

test('each facility has its own code for the same mark', () => {
  assert.deepEqual(codes('ADF', [3, 'T'], [4, 'P']), ['T', 'P']);
  assert.deepEqual(codes('TRF_CARTERET', [3, 'T'], [3, 'Z']), ['5', 'I']);
  assert.deepEqual(codes('TRF_NYSE', [3, 'T'], [3, 'Z']), ['9', '10']);
});

test('letters that collide are not carried across: QCT is V here and 7 or 102 there, error correction is 7 here', () => {
  assert.deepEqual(codes('TRF_CHICAGO', [2, 'V'], [2, '7']), ['7', '19']);
  assert.deepEqual(codes('TRF_NYSE', [2, 'V'], [2, '7']), ['102', '80']);
});

test('regular settlement is left out at the NYSE TRF', () => {
  assert.deepEqual(codes('TRF_NYSE', [1, '@']), [null]);
});

test('a letter without a code is an issue and is not sent', () => {
  const { modifiers, issues } = wireModifiers(RULEBOOK, 'ADF', [{ field: 3, code: 'Q' }], AT);
  assert.deepEqual(modifiers, []);
  assert.equal(issues[0]?.code, 'MODIFIER_NOT_MAPPED');
  assert.equal(issues[0]?.field, 'modifier3');
});

test('every letter has a code at every facility', () => {
  for (const facility of FACILITIES) {
    const { issues } = wireModifiers(RULEBOOK, facility, RULEBOOK.modifiers, AT);
    assert.deepEqual(issues, []);
  }
});

test('a reject code says what to do; an unknown one is nobody but a person’s', () => {
  assert.equal(rejectCode(RULEBOOK, 'ADF', '040')?.retry, 'POSSIBLE_DUPLICATE');
  assert.equal(rejectCode(RULEBOOK, 'ADF', '177')?.retry, 'HOLD');
  assert.equal(rejectCode(RULEBOOK, 'ADF', '123456'), null);
  assert.equal(rejectCode(RULEBOOK, 'TRF_NYSE', '040'), null);
});
