import assert from 'node:assert/strict';
import test from 'node:test';
import { type Entry, parseVectors, type Rulebook, runVector } from '../../src/index.ts';
import { RULEBOOK, RULEBOOK_FILES } from './rulebook-files.ts';

const vectors = parseVectors(RULEBOOK_FILES);
const answered = new Set<string>();

for (const vector of vectors) {
  test(`${vector.id} (${vector.file}): ${vector.why}`, () => {
    const outcome = runVector(RULEBOOK, vector);
    for (const id of outcome.ruleIds) answered.add(id);
    assert.deepEqual(outcome.differences, []);
  });
}

test('every entry that can answer a question is in the trace of some vector', () => {
  // A dated calendar entry is a fact of its own; those that vectors pass over are read against the sources.
  const subjects = [
    'facilities',
    'hours',
    'sessions',
    'deadlines',
    'edges',
    'closings',
    'undoDeadlines',
    'undoActions',
    'correctables',
    'contras',
    'exemptions',
    'duties',
    'hoursMarks',
  ] as const satisfies readonly (keyof Rulebook)[];
  const untested = subjects
    .flatMap((subject): readonly Entry[] => RULEBOOK[subject])
    .map((entry) => entry.id)
    .filter((id) => !answered.has(id));
  assert.deepEqual(untested, []);
});

test('there are vectors for each facility and each file names its subject', () => {
  const facilities = new Set(vectors.map((vector) => vector.given.facility));
  assert.deepEqual([...facilities].sort(), ['ADF', 'ORF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE']);
});
