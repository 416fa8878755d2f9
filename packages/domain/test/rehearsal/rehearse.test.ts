import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import {
  checkRulebook,
  countByClause,
  dayCases,
  parseRulebook,
  RulebookError,
  rehearse,
  withDraft,
} from '../../src/index.ts';
import { RULEBOOK, RULEBOOK_FILES } from '../rulebook/rulebook-files.ts';

const DRAFTS = join(import.meta.dirname, '../../../../rulebook/drafts');

function draft(name: string): Record<string, string> {
  const folder = join(DRAFTS, name);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.json'),
  );
  return withDraft(
    RULEBOOK_FILES,
    name,
    Object.fromEntries(
      paths.map((path) => [path.replaceAll('\\', '/'), readFileSync(join(folder, path), 'utf8')]),
    ),
  );
}

for (const name of readdirSync(DRAFTS)) {
  test(`the draft ${name} is complete and does what its vectors say`, () => {
    const { rulebook, changed } = checkRulebook(draft(name));
    assert.equal(rulebook.version, `${RULEBOOK.version}+${name}`);
    assert.ok(changed.length > 0, 'a draft that changes no vector of the base is none');
  });
}

test('the hours of before and after 30 March 2026 differ at the TRFs and nowhere else, from that day on', () => {
  const before = parseRulebook(draft('trf-hours-unchanged'));
  const over = (date: string) => rehearse(before, RULEBOOK, dayCases(date, [before, RULEBOOK]));
  const { changes } = over('2026-03-30');
  assert.deepEqual([...new Set(changes.map(({ question }) => question.facility))].sort(), [
    'TRF_CARTERET',
    'TRF_CHICAGO',
    'TRF_NYSE',
  ]);
  const atFive = changes.find(
    ({ question }) => question.facility === 'TRF_NYSE' && question.executedNs === 1774861200000000000n,
  );
  assert.equal(atFive?.before.dueAt, '2026-03-30T12:15:00.000000000Z');
  assert.equal(atFive?.after.dueAt, '2026-03-30T09:00:10.000000000Z');
  assert.equal(atFive?.ruleAfter, 'TRF-NYSE-EARLY-MORNING');
  assert.deepEqual([...countByClause(changes).keys()], ['6380A(a)', '6380A(g)', '6380B(a)', '6380B(f)']);
  assert.equal(over('2026-03-26').changes.length, 0);
});

test('a version differs from itself in nothing, and no date has no cases', () => {
  assert.equal(rehearse(RULEBOOK, RULEBOOK, dayCases('2026-11-27', [RULEBOOK])).changes.length, 0);
  assert.deepEqual(dayCases('2026-02-30', [RULEBOOK]), []);
});

test('what only one version takes or covers is told', () => {
  const files = { ...RULEBOOK_FILES };
  files['facilities.json'] = files['facilities.json']!.replace(
    '"takes": ["NMS"]',
    '"takes": ["NMS", "OTC_EQUITY"]',
  );
  files['deadlines/adf.json'] = files['deadlines/adf.json']!.replace(
    '"symbolClasses": ["NMS"]',
    '"symbolClasses": ["NMS", "OTC_EQUITY"]',
  );
  const wider = parseRulebook(files);
  const { changes } = rehearse(RULEBOOK, wider, dayCases('2026-03-03', [RULEBOOK, wider]));
  assert.ok(
    changes.every(({ question }) => question.facility === 'ADF' && question.symbolClass === 'OTC_EQUITY'),
  );
  assert.ok(countByClause(changes).has('7110(a) → 6282(a)(1)'));
});

test('a draft that ends or removes what is not there is refused at that line', () => {
  const files = draft('overnight-24x5');
  const file = 'drafts/overnight-24x5/draft.json';
  files[file] = files[file]!.replace('"HOURS-TRF"', '"HOURS-TRFF"');
  assert.throws(
    () => parseRulebook(files),
    (error) =>
      error instanceof RulebookError &&
      error.faults.some(
        (fault) => fault.file === file && fault.line > 1 && /no such entry/.test(fault.message),
      ),
  );
});
