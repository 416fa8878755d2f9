import assert from 'node:assert/strict';
import test from 'node:test';
import * as domain from '../../src/index.ts';
import { RULEBOOK, RULEBOOK_FILES } from '../rulebook/rulebook-files.ts';
import { DECISION_PROPERTIES } from './decision-properties.ts';

const tried = { domain, rulebook: RULEBOOK, vectors: domain.parseVectors(RULEBOOK_FILES) };

for (const { name, runs, check } of DECISION_PROPERTIES) {
  test(name, () => check(tried, runs));
}

test('outside the rulebook there is a precise issue and no guess', () => {
  for (const text of [
    '2024-12-31T23:59:59.999999999-05:00',
    '2029-01-01T00:00:00-05:00',
    '1960-01-01T00:00:00Z',
  ]) {
    const { decision, issue } = domain.decide(RULEBOOK, {
      kind: 'new',
      facility: 'ADF',
      symbolClass: 'NMS',
      executedNs: domain.nsFromRfc3339(text) ?? assert.fail(text),
    });
    assert.equal(decision, null);
    assert.equal(issue?.code, 'OUTSIDE_RULEBOOK');
    assert.equal(issue?.field, 'executedAt');
    assert.match(issue?.message ?? '', /2025-01-01 to 2028-12-31/);
  }
});
