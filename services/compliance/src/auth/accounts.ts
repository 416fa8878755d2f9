import type { FileStore, Random } from '@tapeclock/ports';
import type { Role } from '../api/contract.ts';
import { hashPassword, type PasswordHash, passwordFits } from './passwords.ts';

const ACCOUNTS_FILE = 'accounts.json';
const SALT_BYTES = 16;
/** Without 0/O and 1/l/I: it is read off a terminal. 20 of 56 letters are 116 bits. */
const PASSWORD_LETTERS = '23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz';
const PASSWORD_LENGTH = 20;

export interface Account {
  readonly name: string;
  readonly role: Role;
  readonly password: PasswordHash;
}

export interface SeededAccount {
  readonly name: string;
  readonly role: Role;
  /** Told once, when the account is made; null afterwards: only its hash is kept. */
  readonly password: string | null;
}

const SEEDED: readonly { readonly name: string; readonly role: Role }[] = [
  { name: 'officer', role: 'officer' },
  { name: 'viewer', role: 'viewer' },
];

/**
 * Makes the accounts `officer` and `viewer` where there is no account at all, in `accounts.json` of the given store
 * (which must be the compliance service's own). One that was removed does not come back. Must not run twice at the same time.
 */
export async function ensureSeedAccounts(
  files: FileStore,
  random: Random,
): Promise<readonly SeededAccount[]> {
  const present = await loadAccounts(files);
  if (present.length > 0) return present.map(({ name, role }) => ({ name, role, password: null }));
  const seeded: SeededAccount[] = [];
  for (const { name, role } of SEEDED) {
    seeded.push({ name, role, password: await renewPassword(files, random, { name, role }) });
  }
  return seeded;
}

/** Makes the account, or gives it this role and a new password, which is returned and kept nowhere. */
export async function renewPassword(
  files: FileStore,
  random: Random,
  account: { readonly name: string; readonly role: Role },
): Promise<string> {
  const password = newPassword(random);
  await setPassword(files, random, { ...account, password });
  return password;
}

/** False where there is no account of that name. Who is signed in stays so until the service starts again. */
export async function removeAccount(files: FileStore, name: string): Promise<boolean> {
  const accounts = await loadAccounts(files);
  const others = accounts.filter((account) => account.name !== name);
  if (others.length === accounts.length) return false;
  await saveAccounts(files, others);
  return true;
}

/** Gives an account this password and role, or makes the account. */
export async function setPassword(
  files: FileStore,
  random: Random,
  account: { readonly name: string; readonly role: Role; readonly password: string },
): Promise<void> {
  const others = (await loadAccounts(files)).filter(({ name }) => name !== account.name);
  const password = await hashPassword(account.password, random.bytes(SALT_BYTES));
  await saveAccounts(files, [...others, { name: account.name, role: account.role, password }]);
}

export async function loadAccounts(files: FileStore): Promise<readonly Account[]> {
  const bytes = await files.read(ACCOUNTS_FILE);
  if (bytes === null) return [];
  const content = JSON.parse(Buffer.from(bytes).toString('utf8')) as { accounts: Account[] };
  return content.accounts;
}

/** Null when name or password is wrong; takes as long for a name that does not exist. */
export async function authenticate(
  files: FileStore,
  name: string,
  password: string,
): Promise<Account | null> {
  const account = (await loadAccounts(files)).find((candidate) => candidate.name === name);
  const fits = await passwordFits(password, account?.password ?? NOBODY);
  return account !== undefined && fits ? account : null;
}

const NOBODY: PasswordHash = {
  salt: Buffer.alloc(SALT_BYTES).toString('base64'),
  hash: Buffer.alloc(32).toString('base64'),
  cost: 2 ** 15,
  blockSize: 8,
  parallel: 3,
};

async function saveAccounts(files: FileStore, accounts: readonly Account[]): Promise<void> {
  const text = `${JSON.stringify({ version: 1, accounts }, null, 2)}\n`;
  await files.writeAtomic(ACCOUNTS_FILE, Buffer.from(text, 'utf8'));
}

/** Draws letters without bias: values beyond the last whole multiple are thrown away. */
function newPassword(random: Random): string {
  let text = '';
  const limit = 256 - (256 % PASSWORD_LETTERS.length);
  while (text.length < PASSWORD_LENGTH) {
    for (const value of random.bytes(PASSWORD_LENGTH)) {
      if (value < limit && text.length < PASSWORD_LENGTH) {
        text += PASSWORD_LETTERS.charAt(value % PASSWORD_LETTERS.length);
      }
    }
  }
  return text;
}
