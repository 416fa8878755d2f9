import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  catBaseName,
  catDataFileName,
  catDeleteFileName,
  catMetadata,
  catMetadataFileName,
  parseCatBaseName,
  parseFeedbackName,
} from '../../src/cat/index.ts';

const id = { submitterId: '12345', reporterImid: 'ABCD', date: '20261120', group: 'OTC', number: 1 };
const base = '12345_ABCD_20261120_OTC_OrderEvents_000001';

test('names are put together as the specification says', () => {
  assert.equal(catDataFileName(id), `${base}.json.bz2`);
  assert.equal(catDeleteFileName(id), `${base}.DEL.json.bz2`);
  assert.equal(catMetadataFileName(base), `${base}.meta.json`);
  assert.equal(catBaseName({ ...id, group: null }), '12345_ABCD_20261120_OrderEvents_000001');
});

test('parts that CAT would refuse are refused here', () => {
  for (const wrong of [
    { submitterId: 'CRD1' },
    { reporterImid: 'TOOLONGX' },
    { date: '2026-11-20' },
    { group: 'A_B' },
    { number: 0 },
    { number: 1_000_000 },
  ]) {
    assert.throws(() => catBaseName({ ...id, ...wrong }), RangeError);
  }
});

test('every base name is read back', () => {
  fc.assert(
    fc.property(
      fc.record({
        submitterId: fc.stringMatching(/^[0-9]{1,20}$/),
        reporterImid: fc.stringMatching(/^[A-Za-z0-9]{1,7}$/),
        date: fc.stringMatching(/^[0-9]{8}$/),
        group: fc.option(fc.stringMatching(/^[A-Za-z0-9]{1,20}$/)),
        number: fc.integer({ min: 1, max: 999_999 }),
      }),
      (file) => assert.deepEqual(parseCatBaseName(catBaseName(file)), { ...file }),
    ),
  );
});

const names: readonly [name: string, stage: string, kind: string, isDelete?: boolean][] = [
  [`${base}.ack.json`, 'ACKNOWLEDGEMENT', 'META'],
  [`${base}.ack.error`, 'ACKNOWLEDGEMENT', 'EMPTY'],
  [`${base}.json.bz2.ack.error`, 'ACKNOWLEDGEMENT', 'EMPTY'],
  [`${base}.integrity.json`, 'INTEGRITY', 'META'],
  [`${base}.DEL.integrity.json`, 'INTEGRITY', 'META', true],
  [`${base}.ingestion.json`, 'INGESTION', 'META'],
  [`${base}.ingestion.error.json.bz2`, 'INGESTION', 'ERRORS'],
  [`${base}.ingestion.error_000002.json.bz2`, 'INGESTION', 'ERRORS'],
];
for (const [name, stage, kind, isDelete = false] of names) {
  test(`feedback name ${name} is understood`, () => {
    const parsed = parseFeedbackName(name);
    assert.deepEqual(parsed, {
      stage,
      kind,
      base,
      reporterImid: 'ABCD',
      date: '20261120',
      group: 'OTC',
      isDelete,
    });
  });
}

test('linkage feedback covers a day, not a file', () => {
  for (const [name, kind] of [
    ['12345_ABCD_20261120_OrderEvents.linkage.json', 'META'],
    ['12345_ABCD_20261120_OrderEvents.linkage_000001.json', 'META'],
    ['12345_ABCD_20261120_OrderEvents.linkage.success', 'EMPTY'],
    ['12345_ABCD_20261120_OrderEvents.linkage.error_000001.json.bz2', 'ERRORS'],
  ] as const) {
    const parsed = parseFeedbackName(name);
    assert.equal(parsed?.stage, 'LINKAGE', name);
    assert.equal(parsed?.kind, kind, name);
    assert.equal(parsed?.base, null);
  }
});

test('other files are left alone', () => {
  for (const name of ['readme.txt', `${base}.json.bz2`, `../${base}.ack.json`, `${base}.meta.json`]) {
    assert.equal(parseFeedbackName(name), null, name);
  }
});

test('the metadata file tells count and hash of each file', () => {
  const text = catMetadata({
    submitterId: '12345',
    reporterImid: 'ABCD',
    generationDate: '20261120',
    files: [{ fileName: `${base}.json.bz2`, recordCount: 3, compressedSha256: 'ab'.repeat(32) }],
    doneForDay: false,
  });
  assert.equal(
    text,
    `{"type":"META","doneForDay":false,"fileGenerationDate":20261120,"reporter":"ABCD","submitter":12345,"fileVersion":"4.2.0","files":[{"fileName":"${base}.json.bz2","recordCount":3,"compressedHash":"${'ab'.repeat(32)}"}],"thirdParty":false}\n`,
  );
});
