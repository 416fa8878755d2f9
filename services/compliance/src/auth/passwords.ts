import { scrypt, timingSafeEqual } from 'node:crypto';

/** Work factors stand beside each hash, so that they can be raised without locking anybody out. */
export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
  readonly cost: number;
  readonly blockSize: number;
  readonly parallel: number;
}

/** OWASP's minimum for scrypt with 32 MiB: N = 2^15, r = 8, p = 3. */
const WORK = { cost: 2 ** 15, blockSize: 8, parallel: 3 } as const;
const HASH_BYTES = 32;
const MEMORY_BYTES_MAX = 64 * 1024 * 1024;

export async function hashPassword(password: string, salt: Uint8Array): Promise<PasswordHash> {
  const hash = await derive(password, salt, WORK);
  return { salt: Buffer.from(salt).toString('base64'), hash: hash.toString('base64'), ...WORK };
}

export async function passwordFits(password: string, stored: PasswordHash): Promise<boolean> {
  const expected = Buffer.from(stored.hash, 'base64');
  const actual = await derive(password, Buffer.from(stored.salt, 'base64'), stored);
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function derive(
  password: string,
  salt: Uint8Array,
  work: Pick<PasswordHash, 'cost' | 'blockSize' | 'parallel'>,
): Promise<Buffer> {
  const options = { N: work.cost, r: work.blockSize, p: work.parallel, maxmem: MEMORY_BYTES_MAX };
  return new Promise((resolve, reject) => {
    // One spelling per password, whatever keyboard made it.
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
