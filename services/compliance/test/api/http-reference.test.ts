import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { httpReference } from '../../src/api/http-reference.ts';
import { startHarness } from '../harness.ts';

test('the reference in docs is what the routes say', async () => {
  const h = await startHarness();
  const file = new URL('../../../../docs/reference/http-api.md', import.meta.url);
  assert.equal(readFileSync(file, 'utf8'), await httpReference(h.app), 'run write-http-reference.ts');
  await h.stop();
});

test('API.md names every route', async () => {
  const h = await startHarness();
  const guide = readFileSync(new URL('../../API.md', import.meta.url), 'utf8');
  const reference = await httpReference(h.app);
  for (const [, method, path] of reference.matchAll(/^\| `(\w+) (\/api\/[^`]+)`/gm)) {
    if (path!.startsWith('/api/export/')) continue;
    const written = `${method} ${path!.replace(/\{(\w+)\}/g, ':$1')}`;
    assert.ok(guide.includes(`\`${written}\``), written);
  }
  await h.stop();
});
