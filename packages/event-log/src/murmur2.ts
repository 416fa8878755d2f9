const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/**
 * The 32-bit hash (signed) by which Kafka's default partitioner spreads keys. Used by every adapter, so that a
 * house that moves from the embedded log to Kafka finds each key on the partition number it had.
 */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let hash = SEED ^ length;
  const wordsEnd = length & ~3;
  for (let i = 0; i < wordsEnd; i += 4) {
    let k =
      byte(bytes, i) | (byte(bytes, i + 1) << 8) | (byte(bytes, i + 2) << 16) | (byte(bytes, i + 3) << 24);
    k = Math.imul(k, M);
    k ^= k >>> R;
    k = Math.imul(k, M);
    hash = Math.imul(hash, M) ^ k;
  }
  const rest = length & 3;
  if (rest === 3) hash ^= byte(bytes, wordsEnd + 2) << 16;
  if (rest >= 2) hash ^= byte(bytes, wordsEnd + 1) << 8;
  if (rest >= 1) hash = Math.imul(hash ^ byte(bytes, wordsEnd), M);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, M);
  return hash ^ (hash >>> 15);
}

function byte(bytes: Uint8Array, index: number): number {
  return bytes[index] ?? 0;
}
