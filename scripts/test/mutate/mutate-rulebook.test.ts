import assert from 'node:assert/strict';
import test from 'node:test';
import * as domain from '@tapeclock/domain';
import { allMutants, rules } from '../../mutate/all-mutants.ts';
import { dataMutants } from '../../mutate/data-mutants.ts';
import { judge } from '../../mutate/judge.ts';
import { judgeAll } from '../../mutate/judge-all.ts';
import { scoreOf } from '../../mutate/score.ts';
import { sourceMutants } from '../../mutate/source-mutants.ts';

const held = rules();

test('nothing notices a fault where there is none', () => {
  assert.equal(judge(domain, held.files, held.drafts).verdict, 'survived');
});

test('a fixed sample of faults in rules and code is noticed', async () => {
  const all = allMutants(held);
  assert.ok(all.length > 1_500, `${all.length}`);
  const sample = all.filter((_mutant, index) => index % 97 === 5);
  const { percent, survivors } = scoreOf(await judgeAll(sample, held, 2));
  const list = survivors.map(({ mutant }) => `${mutant.place}: ${mutant.change}`).join('\n');
  assert.ok(percent >= 90, `${percent.toFixed(1)} % noticed; survived:\n${list}`);
});

test('a rule file is changed in times, dates, names, lists and numbers, one at a time, shared edges in all places', () => {
  const text = JSON.stringify({
    entries: [
      { id: 'A', to: '09:30', due: { seconds: 10 }, days: ['HALF'] },
      { id: 'B', from: '09:30', belongsTo: 'LATER' },
    ],
  });
  const changes = dataMutants('x.json', text).map(({ place, change }) => `${place} ${change}`);
  assert.ok(changes.includes('x.json entries[0].to (A) "09:30" → "09:31"'));
  assert.ok(changes.includes('x.json entries[0].due.seconds (A) 10 → 9'));
  assert.ok(changes.includes('x.json entries[1].belongsTo (B) "LATER" → "EARLIER"'));
  assert.ok(changes.includes('x.json everywhere 09:30 → 09:29'));
  assert.ok(changes.includes('x.json entries[1] (B) left out'));
});

test('code is changed in statements only', () => {
  const text = "// a < b\nimport { a } from 'x < y';\nexport const late = (a: bigint) => a > 10n && b;\n";
  assert.deepEqual(
    sourceMutants('late.ts', text).map(({ place, change }) => `${place} ${change.split(' in ')[0]}`),
    ['late.ts:3:37 > → >=', 'late.ts:3:40 10n → 11n', 'late.ts:3:43 && → ||'],
  );
});
