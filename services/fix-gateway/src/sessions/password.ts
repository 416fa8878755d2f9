import { createHash, timingSafeEqual } from 'node:crypto';

/** Compares in constant time; only digests of passwords are kept. */
export function passwordMatches(expectedSha256: string | null, password: string | null): boolean {
  if (expectedSha256 === null) return true;
  const digest = createHash('sha256')
    .update(password ?? '')
    .digest();
  const expected = Buffer.from(expectedSha256, 'hex');
  return expected.length === digest.length && timingSafeEqual(expected, digest);
}
