import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { loadRulebook } from '@tapeclock/service';
import { answerLines } from '../../src/explain/answer-lines.ts';
import { RULEBOOK_FOLDER } from '../../src/product-folders.ts';

const rulebook = await loadRulebook(RULEBOOK_FOLDER);

async function answers(input: Iterable<string>): Promise<Record<string, unknown>[]> {
  const output = new PassThrough({ highWaterMark: 64 });
  const written = text(output);
  assert.equal(await answerLines(rulebook, Readable.from(input), output), 0);
  output.end();
  return (await written)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

const question = (id: string, executedAt = '2025-03-04T11:00:00.25-05:00') =>
  JSON.stringify({ id, kind: 'new', facility: 'ORF', symbolClass: 'OTC_EQUITY', executedAt });

test('a question is answered with every key of the contract', async () => {
  assert.deepEqual(await answers([question('x1')]), [
    {
      id: 'x1',
      reportable: true,
      opensAt: '2025-03-04T16:00:00.250000000Z',
      dueAt: '2025-03-04T16:00:10.250000000Z',
      asOf: false,
      modifiers: [],
      clause: '6622(a)(1)',
      certainty: 'verified',
      action: 'NEW',
    },
  ]);
});

test('each question gets one answer in its place, also behind what cannot be answered', async () => {
  const lines = [question('a'), '{"id":"b","kind":"new"}', 'no JSON', question('c', '1999-01-04T10:00:00Z')];
  const found = await answers([`${lines.join('\n')}\r\n\n${question('d')}`]);
  assert.deepEqual(
    found.map(({ id }) => id),
    ['a', 'b', null, 'c', 'd'],
  );
  const codes = (index: number) => (found[index]!.issues as { code: string }[]).map(({ code }) => code);
  assert.deepEqual(codes(1), ['QUESTION_INVALID', 'QUESTION_INVALID', 'QUESTION_INVALID']);
  assert.deepEqual(codes(3), ['OUTSIDE_RULEBOOK']);
  assert.equal(found[4]?.reportable, true);
});

test('many questions in pieces that end anywhere are answered in order through a slow reader', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => `q${index}`);
  const all = ids.map((id) => `${question(id)}\n`).join('');
  const pieces = Array.from({ length: Math.ceil(all.length / 37) }, (_, index) =>
    all.slice(index * 37, (index + 1) * 37),
  );
  assert.deepEqual(
    (await answers(pieces)).map(({ id }) => id),
    ids,
  );
});
