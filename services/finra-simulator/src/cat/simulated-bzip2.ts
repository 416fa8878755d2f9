/**
 * Decompression by a library that has nothing in common with the reporter's compressor (seek-bzip, JavaScript against
 * libbzip2), so that the one checks the other.
 */
import seekBzip from 'seek-bzip';

/** Rejects (throws) on a torn or foreign stream, and beyond `bytesMax`: a bomb must not take the simulator down. */
export function decompressBzip2(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  let total = 0;
  seekBzip.decode(Buffer.from(bytes), {
    writeByte(byte: number) {
      total += 1;
      if (total > bytesMax) throw new RangeError(`more than ${bytesMax} bytes once decompressed`);
      if (used === CHUNK_BYTES) {
        chunks.push(chunk);
        chunk = new Uint8Array(CHUNK_BYTES);
        used = 0;
      }
      chunk[used] = byte;
      used += 1;
    },
  });
  return Buffer.concat([...chunks, chunk.subarray(0, used)]);
}

const CHUNK_BYTES = 64 * 1024;
