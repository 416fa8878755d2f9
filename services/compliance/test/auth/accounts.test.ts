import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryFileStore, seededRandom } from '@tapeclock/ports/virtual';
import { authenticate, ensureSeedAccounts, removeAccount, renewPassword } from '../../src/auth/accounts.ts';

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

test('a new password ends the old one, and an account that was removed is not seeded again', async () => {
  const files = memoryFileStore();
  await ensureSeedAccounts(files, seededRandom(3));
  const first = await renewPassword(files, seededRandom(5), { name: 'jane', role: 'viewer' });
  const second = await renewPassword(files, seededRandom(6), { name: 'jane', role: 'officer' });
  assert.equal(await authenticate(files, 'jane', first), null);
  assert.equal((await authenticate(files, 'jane', second))?.role, 'officer');
  assert.equal(await removeAccount(files, 'officer'), true);
  assert.equal(await removeAccount(files, 'officer'), false);
  const present = await ensureSeedAccounts(files, seededRandom(4));
  assert.deepEqual(present.map(({ name }) => name).sort(), ['jane', 'viewer']);
});
