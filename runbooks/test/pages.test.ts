import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { DRILLS } from '../drills/catalogue.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PAGES = readdirSync(`${ROOT}runbooks`)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => name.slice(0, -3));
/** Alerts that say themselves all that is to do: rare contradictions, and CAT's own, which have hours. */
const TELL_THEMSELVES = [
  'cat-deadline',
  'cat-file-refused',
  'cat-transport-down',
  'report-accepted-twice',
  'report-answers-contradict',
  'report-content-conflict',
  'unknown-report-answered',
];
/** No page: kill -9 of anything is no alert, for nobody has to do anything about it. */
const WITHOUT_PAGE = ['kill'];

const sources = readdirSync(`${ROOT}services`, { recursive: true, encoding: 'utf8' })
  .filter((path) => /^[^/]+\/src\/.*\.ts$/.test(path))
  .map((path) => readFileSync(`${ROOT}services/${path}`, 'utf8'));
const found = (pattern: RegExp): readonly string[] =>
  [...new Set(sources.flatMap((text) => [...text.matchAll(pattern)].map(([, name = '']) => name)))].sort();

test('every alert that the services raise has a page, or says itself what to do', () => {
  const raised = found(/(?:\balert: |\bALERT = )'([a-z-]+)'/g);
  assert.deepEqual(raised, [...PAGES, ...TELL_THEMSELVES].sort());
  assert.deepEqual(found(/Follow runbooks\/([a-z-]+)\.md/g), [...PAGES].sort());
});

test('every page has a drill of its name, and stands in the index', () => {
  assert.deepEqual(DRILLS.map(({ name }) => name).sort(), [...PAGES, ...WITHOUT_PAGE].sort());
  const index = readFileSync(`${ROOT}runbooks/README.md`, 'utf8');
  for (const name of PAGES)
    assert.ok(index.includes(`](${name}.md)`), `README.md does not link to ${name}.md`);
  for (const { name } of DRILLS)
    assert.ok(index.includes(`npm run drill -- ${name}`), `README.md does not name ${name}`);
});

test('every page is laid out alike, so that nobody has to search at three in the morning', () => {
  for (const name of PAGES) {
    const text = readFileSync(`${ROOT}runbooks/${name}.md`, 'utf8');
    assert.deepEqual(
      [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
      [
        'What is seen',
        'First look',
        'Decision',
        'Steps',
        'It is over when',
        'Write down afterwards',
        'Drill',
      ],
      name,
    );
    assert.ok(text.includes(`| \`${name}\``), `${name}.md does not quote its alert`);
  }
});
