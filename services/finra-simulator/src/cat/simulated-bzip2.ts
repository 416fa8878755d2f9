/**
 * Decompression by a library that has nothing in common with the reporter's compressor (seek-bzip, JavaScript against
 * libbzip2), so that the one checks the other.
 */
import BZip2 from 'bzip2-wasm';
import seekBzip from 'seek-bzip';

const CHUNK_BYTES = 64 * 1024;

/** Throws on a torn or foreign stream, and beyond `bytesMax`: a bomb must not take the simulator down. */
export function decompressBzip2(bytes: Uint8Array, bytesMax: number): Uint8Array {
  const chunks: Uint8Array[] = [];
  let chunk = new Uint8Array(CHUNK_BYTES);
  let used = 0;
  let total = 0;
  const writeByte = (byte: number): void => {
    total += 1;
    if (total > bytesMax) throw new RangeError(`more than ${bytesMax} bytes once decompressed`);
    if (used === CHUNK_BYTES) {
      chunks.push(chunk);
      chunk = new Uint8Array(CHUNK_BYTES);
      used = 0;
    }
    chunk[used] = byte;
    used += 1;
  };
  seekBzip.decode(Buffer.from(bytes), { writeByte });
  return Buffer.concat([...chunks, chunk.subarray(0, used)]);
}

/** For the error files that CAT sends compressed. */
export async function bzip2Compressor(): Promise<(bytes: Uint8Array) => Uint8Array> {
  const module = new BZip2();
  const globals = globalThis as { require?: unknown; __dirname?: unknown };
  const own = { require: globals.require, __dirname: globals.__dirname };
  await module.init();
  // The package leaves two names on the global object while it loads.
  for (const name of ['require', '__dirname'] as const) {
    if (own[name] === undefined) delete globals[name];
    else globals[name] = own[name];
  }
  return (bytes) => module.compress(bytes, 9, Math.ceil(bytes.length * 1.01) + 600);
}
