import assert from 'node:assert/strict';
import test from 'node:test';
import { clockReads } from '../../check/clock-in-one-place.ts';
import { fileShape } from '../../check/file-shape.ts';
import { importDirection } from '../../check/import-direction.ts';
import { licenceAllowed, licences } from '../../check/licences.ts';
import { textRules } from '../../check/text-rules.ts';

const file = (path: string, text: string) => ({ path, text });
/** Enough of every kind of workspace for names to be known. */
const HOUSE = [
  file('packages/domain/src/index.ts', ''),
  file('packages/fix/src/index.ts', ''),
  file('schemas/src/index.ts', ''),
  file('services/enrichment/src/index.ts', ''),
  file('services/compliance/src/index.ts', ''),
  file('cli/src/index.ts', ''),
];
const complaintsOf = (path: string, text: string) => importDirection([...HOUSE, file(path, text)]);

test('a clock, a timer or chance read outside of the ports is found; talk about one is not', () => {
  for (const code of [
    'const t = Date.now();',
    'const d = new Date();',
    'setTimeout(() => {}, 5);',
    "import { setTimeout } from 'node:timers/promises';",
    'const r = Math.random();',
    'performance.now()',
    'process.hrtime.bigint()',
  ]) {
    assert.equal(clockReads([file('services/enrichment/src/a.ts', code)]).length, 1, code);
    assert.equal(clockReads([file('packages/ports/src/node/a.ts', code)]).length, 0, code);
  }
  const talk = "// Date.now() is not used\n/* nor setTimeout */\nconst text = 'Math.random';\nnew Date(5);";
  assert.deepEqual(clockReads([file('services/enrichment/src/a.ts', talk)]), []);
});

test('the complaint names file and line', () => {
  const [complaint] = clockReads([file('cli/src/a.ts', '/* one\n two */\nsetInterval(run, 1);')]);
  assert.ok(complaint?.startsWith('cli/src/a.ts:3 reads setInterval'));
});

test('imports point down only', () => {
  const service = 'services/enrichment/src/a.ts';
  assert.match(
    complaintsOf(service, "import { x } from '@tapeclock/compliance';")[0] ?? '',
    /never imports another/,
  );
  assert.match(
    complaintsOf(service, "import type { x } from '@tapeclock/cli';")[0] ?? '',
    /composition roots/,
  );
  assert.match(
    complaintsOf('packages/fix/src/a.ts', "export * from '@tapeclock/enrichment';")[0] ?? '',
    /point down only/,
  );
  assert.match(
    complaintsOf('packages/domain/src/a.ts', "import { x } from '@tapeclock/fix';")[0] ?? '',
    /nothing of ours/,
  );
  assert.match(complaintsOf('packages/domain/src/a.ts', "import fs from 'node:fs';")[0] ?? '', /no I\/O/);
  assert.match(
    complaintsOf(service, "await import('../../compliance/src/index.ts');")[0] ?? '',
    /another workspace/,
  );
  assert.deepEqual(
    complaintsOf(service, "import { x } from '@tapeclock/domain';\nimport { y } from './b.ts';"),
    [],
  );
  assert.deepEqual(complaintsOf('cli/src/a.ts', "import { x } from '@tapeclock/enrichment';"), []);
});

test('packages that import one another in a ring are named', () => {
  const [complaint] = importDirection([
    ...HOUSE,
    file('packages/fix/src/a.ts', "import { x } from '@tapeclock/schemas';"),
    file('schemas/src/a.ts', "import { x } from '@tapeclock/fix';"),
  ]);
  assert.match(complaint ?? '', /ring: @tapeclock\/fix → @tapeclock\/schemas → @tapeclock\/fix/);
});

test('files that are too long or named for nothing are found, and the median is told', () => {
  const lines = (count: number) => 'x\n'.repeat(count);
  const shape = fileShape([
    file('a.ts', lines(10)),
    file('b.ts', lines(601)),
    file('src/utils/c.ts', lines(20)),
    file('d.generated.ts', lines(9000)),
  ]);
  assert.equal(shape.complaints.length, 2);
  assert.equal(shape.medianLines, 20);
});

test('open ends, paths of one machine and unresolved merges are found', () => {
  const marks = [['TO', 'DO'].join(''), `see /ho${'me'}/me/x`, `${'<'.repeat(7)} HEAD`];
  for (const text of marks) assert.equal(textRules([file('a.md', text)]).length, 1, text);
  assert.deepEqual(textRules([file('a.md', 'a plain text about /api/homework')]), []);
});

test('licences are read as expressions, and only what ships is asked for one', () => {
  assert.equal(licenceAllowed('MIT'), true);
  assert.equal(licenceAllowed('(MIT OR GPL-3.0)'), true);
  assert.equal(licenceAllowed('MIT AND GPL-3.0'), false);
  const { complaints } = licences({
    packages: {
      '': {},
      'packages/domain': { license: 'UNLICENSED' },
      'node_modules/@tapeclock/domain': { link: true },
      'node_modules/good': { license: 'ISC' },
      'node_modules/tool': { dev: true, license: 'GPL-3.0' },
      'node_modules/bad': { license: 'AGPL-3.0' },
      'node_modules/a/node_modules/silent': {},
    },
  });
  assert.deepEqual(
    complaints.map((complaint) => complaint.split(':')[0]),
    ['bad', 'silent'],
  );
});
