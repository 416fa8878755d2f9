import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { validationPage } from '../../src/validation/reference-page.ts';

test('docs/reference/validation.md says what the catalogue says', async () => {
  const page = await readFile(new URL('../../../../docs/reference/validation.md', import.meta.url), 'utf8');
  assert.equal(page, validationPage(), 'run node services/enrichment/src/validation/write-reference-page.ts');
});
