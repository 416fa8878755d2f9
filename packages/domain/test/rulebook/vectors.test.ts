import assert from 'node:assert/strict';
import test from 'node:test';
import { checkRulebook, parseVectors, runVector } from '../../src/index.ts';
import { RULEBOOK, RULEBOOK_FILES } from './rulebook-files.ts';

const vectors = parseVectors(RULEBOOK_FILES);

for (const vector of vectors) {
  test(`${vector.id} (${vector.file}): ${vector.why}`, () => {
    const outcome = runVector(RULEBOOK, vector);
    assert.deepEqual(outcome.differences, []);
  });
}

test('every vector holds and every entry of the rulebook is in the answer of some vector', () => {
  assert.equal(checkRulebook(RULEBOOK_FILES).vectors.length, vectors.length);
});

test('there are vectors for each facility and each file names its subject', () => {
  const asked = vectors.filter(({ expect }) => expect.refused === undefined);
  const facilities = new Set(asked.map((vector) => vector.given.facility));
  assert.deepEqual([...facilities].sort(), ['ADF', 'ORF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE']);
});
