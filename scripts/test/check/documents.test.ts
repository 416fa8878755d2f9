import assert from 'node:assert/strict';
import test from 'node:test';
import { undocumentedCodes } from '../../check/documented-codes.ts';
import { deadLinks, headings } from '../../check/relative-links.ts';
import { workspaceReadmes } from '../../check/workspace-readmes.ts';

const file = (path: string, text: string) => ({ path, text });

test('a link to a file or heading that is not there is found, with its line', () => {
  const files = [
    file(
      'docs/a.md',
      '# A\n\n[b](b.md) [gone](gone.md)\n[heading](b.md#the-second-one) [none](b.md#third)\n[self](#a)',
    ),
    file('docs/b.md', '# B\n\n## The second one\n'),
  ];
  assert.deepEqual(deadLinks(files), [
    'docs/a.md:3 links to gone.md: there is no such file',
    'docs/a.md:4 links to b.md#third: there is no such heading',
  ]);
});

test('links to folders, to the network, and what stands in code are left alone', () => {
  const text =
    '[folder](../scripts/) [web](https://example.org/x) `[not](a-link)`\n\n```\n[nor](this)\n```\n';
  assert.deepEqual(deadLinks([file('docs/a.md', text)]), []);
});

test('headings become the anchors that readers expect, numbered when they come again', () => {
  const anchors = headings('# What it is\n\n## `explain`, and more!\n\n## Files\n\n## Files\n');
  assert.deepEqual([...anchors], ['what-it-is', 'explain-and-more', 'files', 'files-1']);
});

test('a code that is made and documented nowhere is found', () => {
  const pages = [
    file('docs/reference/errors.md', '| `DISK_FULL` |'),
    file('docs/reference/validation.md', ''),
  ];
  const source = file('services/a/src/b.ts', "\nthrow { code: 'DISK_FULL' };\nthrow { code: 'NEW_ONE' };\n");
  const complaints = undocumentedCodes([...pages, source]);
  assert.equal(complaints.length, 1);
  assert.match(complaints[0] ?? '', /^services\/a\/src\/b\.ts:3 NEW_ONE/);
  assert.deepEqual(undocumentedCodes([...pages, file('services/a/test/b.ts', "code: 'NEW_ONE'")]), []);
});

test('a workspace without a README, or with one that says nothing, is found; the root is another matter', () => {
  const complaints = workspaceReadmes([
    file('package.json', '{}'),
    file('packages/a/package.json', '{}'),
    file('packages/b/package.json', '{}'),
    file('packages/b/README.md', '# b\n\nsoon\n'),
    file('packages/c/package.json', '{}'),
    file('packages/c/README.md', `# c\n\n${'It does this and that.\n'.repeat(8)}`),
  ]);
  assert.deepEqual(
    complaints.map((complaint) => complaint.split(' ')[0]),
    ['packages/a/README.md', 'packages/b/README.md'],
  );
});
