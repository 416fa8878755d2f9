import { crc32 } from 'node:zlib';

const place = new DataView(new ArrayBuffer(16));
const placeBytes = new Uint8Array(place.buffer);

/**
 * CRC-32 over a record and its place. SQLite guards the frames of its WAL but not the pages of its main file, so a
 * page that a disk has damaged or put elsewhere would be read as if it were right.
 */
export function recordChecksum(
  id: bigint,
  appendedNs: bigint,
  ...content: readonly (Uint8Array | string)[]
): number {
  place.setBigUint64(0, id, true);
  place.setBigInt64(8, appendedNs, true);
  let sum = crc32(placeBytes);
  for (const part of content) if (part.length > 0) sum = crc32(part, sum);
  return sum;
}
