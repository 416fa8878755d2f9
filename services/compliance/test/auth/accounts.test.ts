import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryFileStore, seededRandom } from '@tapeclock/ports/virtual';
import { authenticate, ensureSeedAccounts } from '../../src/auth/accounts.ts';

test('seeded accounts get a password once, and only its hash is kept', async () => {
  const files = memoryFileStore();
  const first = await ensureSeedAccounts(files, seededRandom(3));
  assert.deepEqual(
    first.map(({ name, role }) => [name, role]),
    [
      ['officer', 'officer'],
      ['viewer', 'viewer'],
    ],
  );
  const password = first[0]!.password!;
  assert.match(password, /^[2-9A-HJ-NP-Za-km-z]{20}$/);
  const stored = Buffer.from((await files.read('accounts.json'))!).toString();
  assert.ok(!stored.includes(password));
  const again = await ensureSeedAccounts(files, seededRandom(4));
  assert.deepEqual(
    again.map((account) => account.password),
    [null, null],
  );
  assert.equal((await authenticate(files, 'officer', password))?.role, 'officer');
  assert.equal(await authenticate(files, 'officer', `${password}x`), null);
});
