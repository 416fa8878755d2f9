import { createHash, timingSafeEqual } from 'node:crypto';

/** One client. The key itself is never kept, only its digest. */
export interface ApiKey {
  /** Shown in events as the session. */
  readonly name: string;
  /** The source its executions belong to: a key cannot speak for another source. */
  readonly source: string;
  /** SHA-256 of the key, hex. */
  readonly sha256: string;
}

/** Finds the client of an `Authorization: Bearer …` header; null when there is none. Takes the same time for all. */
export function findClient(keys: readonly ApiKey[], authorization: string | undefined): ApiKey | null {
  const [scheme, key] = (authorization ?? '').split(' ');
  if (scheme?.toLowerCase() !== 'bearer' || key === undefined) return null;
  const digest = createHash('sha256').update(key).digest();
  let found: ApiKey | null = null;
  for (const candidate of keys) {
    const expected = Buffer.from(candidate.sha256, 'hex');
    if (expected.length === digest.length && timingSafeEqual(expected, digest)) found = candidate;
  }
  return found;
}
