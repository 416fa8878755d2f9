import assert from 'node:assert/strict';
import test from 'node:test';
import {
  catErrorCode,
  firmRoeId,
  meotRecord,
  parseErrorRecords,
  parseFirmRoeId,
  parseLossless,
  parseMetaFeedback,
  renderRecord,
} from '../../src/cat/index.ts';
import { principalSale } from './trade-fixture.ts';

test('a failed integrity check gives its codes', () => {
  const feedback = parseMetaFeedback(
    '{"feedbackVersion":"2.2.1","submitter":93010,"reporter":"ID07","fileGenerationDate":20200225,"fileName":"x.json.bz2","stage":"FILE_INTEGRITY","status":"Failure","severity":"Error","code":[1103,1109]}\n',
  );
  assert.deepEqual(feedback, {
    fileName: 'x.json.bz2',
    stage: 'FILE_INTEGRITY',
    success: false,
    severity: 'Error',
    codes: [1103, 1109],
    errorFileName: null,
    errorCount: 0,
  });
});

test('ingestion names the file of errors and how many there are', () => {
  const feedback = parseMetaFeedback(
    '{"fileName":"x.json.bz2","stage":"INGESTION","status":"Success","errorFileName":"x.ingestion.error.json.bz2","errorCount":3,"later":{"a":[1]}}',
  );
  assert.ok(!('fault' in feedback));
  assert.equal(feedback.errorCount, 3);
  assert.equal(feedback.errorFileName, 'x.ingestion.error.json.bz2');
});

for (const text of [
  '',
  'garbage',
  '[]',
  '{"fileName":"x"}',
  '{"fileName":"x","stage":"INGESTION","status":"Maybe"}',
  '{"fileName":"x","stage":"I","status":"Success","code":["a"]}',
]) {
  test(`feedback that cannot be read is a fault, not a crash: ${text}`, () => {
    assert.ok('fault' in parseMetaFeedback(text));
  });
}

test('an error record gives back our own id and CAT’s, with all its digits', () => {
  const record = renderRecord(meotRecord(principalSale, { action: 'NEW' }));
  const line = `{"errorCode":[2031,2099],"actionType":"RPR","errorROEID":18446744073709551615,"errorRecord":${JSON.stringify(record)}}`;
  const { records, faults } = parseErrorRecords(`${line}\n\n`);
  assert.deepEqual(faults, []);
  assert.deepEqual(records, [
    { errorRoeId: '18446744073709551615', codes: [2031, 2099], record, firmRoeId: '20261120_A2' },
  ]);
});

test('an unreadable line does not hide the others', () => {
  const good = '{"errorCode":[2134],"actionType":"RPR","errorROEID":7,"errorRecord":"not json"}';
  const { records, faults } = parseErrorRecords(`${good}\nbroken\n${good}`);
  assert.equal(records.length, 2);
  assert.equal(records[0]?.firmRoeId, null);
  assert.deepEqual(faults, [{ line: 2, fault: 'is not one JSON object' }]);
});

test('numbers keep their digits', () => {
  assert.deepEqual(parseLossless('{"a":1.10,"b":[18446744073709551615],"c":"1"}'), {
    a: { number: '1.10' },
    b: [{ number: '18446744073709551615' }],
    c: '1',
  });
});

test('a firm id is the Eastern date and the subject, and is read back', () => {
  const id = firmRoeId('LABC', 1_795_000_000_000_000_000n);
  assert.deepEqual(parseFirmRoeId(id), { date: '20261118', subject: 'LABC' });
  assert.equal(parseFirmRoeId('X'), null);
  assert.throws(() => firmRoeId('a|b', 0n), RangeError);
  assert.throws(() => firmRoeId('x'.repeat(56), 0n), RangeError);
});

test('an unknown code is answered, not hidden', () => {
  assert.match(catErrorCode(9999).meaning, /9999/);
  assert.equal(catErrorCode(2076).stage, 'ingestion');
});
