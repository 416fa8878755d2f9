import assert from 'node:assert/strict';
import test from 'node:test';
import type { RulebookAnswer, RulebookView } from '../../src/api/contract.ts';
import { startHarness } from '../harness.ts';

const harness = await startHarness();
test.after(() => harness.stop());

const ask = (query: Record<string, string>) =>
  harness.as('viewer', 'GET', `/api/rulebook/answer?${new URLSearchParams(query)}`);

test('every entry is there to read, with clause, sources, certainty and the vectors that try it', async () => {
  const response = await harness.as('viewer', 'GET', '/api/rulebook');
  assert.equal(response.statusCode, 200);
  const view = response.json<RulebookView>();
  const evening = view.entries.find(({ id }) => id === 'ADF-EVENING')!;
  assert.equal(evening.subject, 'deadlines');
  assert.equal(evening.file, 'deadlines/adf.json');
  assert.match(evening.sentence, /6:45 p\.m\. on a Friday/);
  assert.deepEqual(evening.clauses, [{ clause: '6282(a)', facilities: [] }]);
  assert.match(evening.sources[0]!.title, /Trade Reporting/);
  const tried = view.vectors.filter(({ id }) => evening.vectors.includes(id));
  assert.ok(tried.some(({ given }) => given.some(({ value }) => value.includes('18:45'))));
  for (const { id, sources, sentence } of view.entries) {
    assert.ok(sources.length > 0 && sentence !== '', id);
  }
  const ids = new Set(view.vectors.map(({ id }) => id));
  assert.ok(view.entries.every(({ vectors }) => vectors.every((id) => ids.has(id))));
});

test('a clause that differs by facility names whose it is', async () => {
  const { entries } = (await harness.as('viewer', 'GET', '/api/rulebook')).json<RulebookView>();
  const edge = entries.find(({ id }) => id === 'EDGE-NORMAL-CLOSE')!;
  assert.deepEqual(edge.clauses[1], {
    clause: '6380A(a)',
    facilities: ['TRF_CARTERET', 'TRF_CHICAGO'],
  });
});

test('hours and spans read as a person says them', async () => {
  const { entries } = (await harness.as('viewer', 'GET', '/api/rulebook')).json<RulebookView>();
  const facts = (id: string) =>
    Object.fromEntries(
      entries.find((entry) => entry.id === id)!.facts.map(({ name, value }) => [name, value]),
    );
  assert.equal(facts('HOURS-ADF').opens, '08:00');
  assert.equal(facts('ADF-NORMAL').from, '09:30');
  assert.equal(facts('ADF-NORMAL').due, 'after EVENT, 10 s');
});

test('a question in the clock on the wall in New York is answered with its trace', async () => {
  const response = await ask({ facility: 'ADF', symbolClass: 'NMS', executedAt: '2026-03-06 18:45' });
  assert.equal(response.statusCode, 200);
  const answer = response.json<RulebookAnswer>();
  assert.equal(answer.dueAt, '2026-03-09T12:15:00.000000000Z');
  assert.equal(answer.asOf, true);
  assert.deepEqual(answer.modifiers, ['3:T']);
  assert.equal(answer.ruleId, 'ADF-EVENING');
  assert.ok(answer.trace.some(({ ruleId }) => ruleId === 'ADF-EVENING'));
  assert.match(answer.story, /Mon 2026-03-09 08:15/);
});

test('an instant with a zone of its own is taken as it stands', async () => {
  const wall = await ask({ facility: 'ADF', symbolClass: 'NMS', executedAt: '2026-03-06 10:00:00.25' });
  const zoned = await ask({
    facility: 'ADF',
    symbolClass: 'NMS',
    executedAt: '2026-03-06T16:00:00.25+01:00',
  });
  assert.deepEqual(zoned.json(), wall.json());
});

test('what cannot be answered says which field and what to do', async () => {
  const never = await ask({ facility: 'ADF', symbolClass: 'NMS', executedAt: '2026-02-30 10:00' });
  assert.equal(never.statusCode, 400);
  assert.equal(never.json().issues[0].field, 'executedAt');
  const before = await ask({ facility: 'ADF', symbolClass: 'NMS', executedAt: '1999-03-08 10:00' });
  assert.equal(before.json().issues[0].code, 'OUTSIDE_RULEBOOK');
  const unknown = await ask({ facility: 'LSE', symbolClass: 'NMS', executedAt: '2026-03-06 10:00' });
  assert.equal(unknown.statusCode, 400);
});
