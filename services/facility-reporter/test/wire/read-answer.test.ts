import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeMessage, encodeMessage, type Field } from '@tapeclock/fix';
import { PROFILES } from '../../src/wire/profiles.ts';
import { readAnswer } from '../../src/wire/read-answer.ts';
import { T0 } from '../support/samples.ts';

function read(msgType: string, fields: readonly Field[]) {
  const message = decodeMessage(
    encodeMessage('FIX.4.4', msgType, [[34, 5], [52, '20261124-15:00:00.000000000'], ...fields]),
  );
  assert.ok(typeof message !== 'string');
  return readAnswer(message, PROFILES.ADF);
}

const taken: readonly Field[] = [
  [571, 'F1'],
  [572, 'N1'],
  [1003, '2000000001'],
  [22011, '20261124'],
];

test('an AE that takes the report in, cancels, reverses or corrects is an acceptance', () => {
  for (const event of ['ADEN', 'ADCX', 'ADHX', 'ADCR', 'OREN']) {
    const answer = read('AE', [...taken, [1011, event]]);
    assert.equal(answer.kind, 'accepted');
    if (answer.kind !== 'accepted') return;
    assert.deepEqual(
      [answer.wireId, answer.controlNumber, answer.controlDate],
      ['N1', '2000000001', '20261124'],
    );
    assert.equal(answer.facilityNs, T0);
  }
});

test('an alleged, matched or unmarked AE is nobody’s acceptance', () => {
  for (const event of ['ADAL', 'ADMA', 'ADBX'])
    assert.equal(read('AE', [...taken, [1011, event]]).kind, 'ignored');
  assert.equal(read('AE', taken).kind, 'ignored');
  assert.equal(
    read('AE', [
      [1011, 'ADEN'],
      [572, 'N1'],
    ]).kind,
    'ignored',
  );
});

test('a resent acceptance keeps the time at which it was first said', () => {
  const answer = read('AE', [[43, 'Y'], [122, '20261124-14:59:59.500000000'], ...taken, [1011, 'ADEN']]);
  assert.equal(answer.kind === 'accepted' && answer.facilityNs, T0 - 500_000_000n);
});

test('the mark that the facility makes says late or in time', () => {
  const late = (mark: string) => {
    const answer = read('AE', [...taken, [1011, 'ADEN'], [22003, mark]]);
    return answer.kind === 'accepted' ? answer.markedLate : undefined;
  };
  assert.deepEqual(['Z', 'U', 'T', '?'].map(late), [true, true, false, null]);
});

test('an AR refuses only with its status', () => {
  const refusal = read('AR', [
    [571, 'N1'],
    [150, 8],
    [939, 1],
    [751, '062'],
    [58, 'BAD SYMBOL'],
  ]);
  assert.deepEqual(refusal, { kind: 'rejected', wireId: 'N1', code: '062', text: 'BAD SYMBOL' });
  assert.equal(
    read('AR', [
      [571, 'N1'],
      [939, 0],
    ]).kind,
    'ignored',
  );
});

test('only a facility that looked and found nothing says “not found”', () => {
  const ack = (found: number, result: number, status: number) =>
    read('AQ', [
      [568, 'Q1'],
      [748, found],
      [749, result],
      [750, status],
    ]).kind;
  assert.equal(ack(0, 0, 0), 'notFound');
  assert.equal(ack(0, 99, 0), 'queryRefused');
  assert.equal(ack(0, 0, 2), 'queryRefused');
  assert.equal(ack(1, 0, 0), 'ignored');
});

test('session and business rejects name the message they refuse', () => {
  assert.deepEqual(
    read('3', [
      [45, 7],
      [372, 'AE'],
      [373, 5],
      [58, 'bad'],
    ]),
    {
      kind: 'refused',
      refSeqNum: 7n,
      refMsgType: 'AE',
      code: 'FIX_5',
      text: 'bad',
    },
  );
  assert.equal(
    read('j', [
      [45, 7],
      [372, 'AD'],
      [380, 3],
    ]).kind,
    'refused',
  );
});
