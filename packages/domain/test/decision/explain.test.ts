import assert from 'node:assert/strict';
import test from 'node:test';
import { decide, explainAsJson, explainAsStory, questionFromJson } from '../../src/index.ts';
import { RULEBOOK } from '../rulebook/rulebook-files.ts';

function explain(input: Record<string, unknown>) {
  const { id, question } = questionFromJson(input);
  assert.ok(question !== null);
  const { decision } = decide(RULEBOOK, question);
  assert.ok(decision !== null);
  return { json: explainAsJson(id, question, decision), story: explainAsStory(question, decision) };
}

test('the answer has every key, in UTC with nine digits', () => {
  const { json } = explain({
    id: 'x1',
    kind: 'new',
    facility: 'ORF',
    symbolClass: 'OTC_EQUITY',
    executedAt: '2025-03-04T11:00:00.25-05:00',
  });
  assert.equal(
    JSON.stringify(json),
    '{"id":"x1","reportable":true,"opensAt":"2025-03-04T16:00:00.250000000Z",' +
      '"dueAt":"2025-03-04T16:00:10.250000000Z","asOf":false,"modifiers":[],"clause":"6622(a)(1)",' +
      '"certainty":"verified","action":"NEW"}',
  );
});

test('what is not reportable has null instants and nothing else', () => {
  const { json } = explain({
    id: 7,
    kind: 'new',
    facility: 'ADF',
    symbolClass: 'DPP',
    executedAt: '2026-03-04T11:00:00-05:00',
    tradeType: 'PRP',
  });
  assert.deepEqual(json, {
    id: 7,
    reportable: false,
    opensAt: null,
    dueAt: null,
    asOf: false,
    modifiers: [],
    clause: '7110(a)',
    certainty: 'verified',
    action: 'NONE',
  });
});

test('the story of a Friday evening says what, from when, by when, why and how sure', () => {
  const { story } = explain({
    facility: 'ADF',
    symbolClass: 'NMS',
    executedAt: '2026-03-06T18:45:00-05:00',
  });
  assert.match(story, /^A report to the ADF of an NMS stock, executed Fri 2026-03-06 18:45:00 ET\.$/m);
  assert.match(story, /^This party sends a new report\.$/m);
  assert.match(
    story,
    /closed then and takes it from Mon 2026-03-09 08:00:00 ET \(2026-03-09T12:00:00\.000000000Z\)\.$/m,
  );
  assert.match(story, /^It is due by Mon 2026-03-09 08:15:00 ET .* that instant included\.$/m);
  assert.match(story, /^It is as\/of: the trade date is 2026-03-06\.$/m);
  assert.match(story, /^Made in time it carries 3:T; late it carries 3:U\.$/m);
  assert.match(story, /^Clause 6282\(a\), by entry ADF-EVENING of rulebook 2026\.11\.$/m);
  assert.match(story, /^How sure: derived/m);
  assert.match(story, /^The steps that are derived: .*ADF-EVENING/m);
  assert.match(story, /^\d+\. When is it due\? Mon 2026-03-09 08:15:00 ET: /m);
});

test('the story of a late report says so', () => {
  const { story, json } = explain({
    kind: 'new',
    facility: 'ADF',
    symbolClass: 'NMS',
    executedAt: '2026-03-04T15:00:00Z',
    reportedAt: '2026-03-04T15:00:10.000000001Z',
  });
  assert.match(
    story,
    /^It was reported Wed 2026-03-04 10:00:10\.000000001 ET .*, which is LATE, and carries 3:Z\.$/m,
  );
  assert.deepEqual(json.modifiers, ['3:Z']);
});

test('the story of a choice of ours says ASSUMED', () => {
  const { story } = explain({
    kind: 'cancel',
    facility: 'ADF',
    symbolClass: 'NMS',
    executedAt: '2026-03-04T15:00:00Z',
    originalReportedAt: '2026-03-04T15:00:01Z',
    eventAt: '2026-03-04T22:00:00Z',
  });
  assert.match(
    story,
    /Cancelled Wed 2026-03-04 17:00:00 ET\. The original was accepted Wed 2026-03-04 10:00:01 ET\.$/m,
  );
  assert.match(story, /^This party sends a cancel\.$/m);
  assert.match(story, /ASSUMED: a choice of this rulebook/);
});

test('a question that is none is refused field by field', () => {
  const { id, question, issues } = questionFromJson({
    id: 'bad',
    kind: 'cancel',
    facility: 'NYSE',
    symbolClass: 'NMS',
    executedAt: '2026-02-30T10:00:00Z',
    ownershipChange: 'yes',
    changes: ['colour'],
    role: 'BYSTANDER',
    more: 'is ignored',
  });
  assert.equal(id, 'bad');
  assert.equal(question, null);
  const fields = issues.map((issue) => issue.field).sort();
  assert.deepEqual(fields, ['changes', 'eventAt', 'executedAt', 'facility', 'ownershipChange', 'role']);
  assert.equal(questionFromJson(['no object']).issues[0]?.code, 'QUESTION_INVALID');
});

test('the story of what is not reportable says why in one sentence', () => {
  const { story } = explain({
    facility: 'TRF_NYSE',
    symbolClass: 'NMS',
    executedAt: '2026-03-04T15:00:00Z',
    role: 'NON_EXECUTING_PARTY',
  });
  assert.match(
    story,
    /^Nothing is to be sent to the NYSE TRF by this party\. The member that executes the order reports/m,
  );
  assert.match(story, /^How sure: verified/m);
  assert.doesNotMatch(story, /The steps that are/);
});
