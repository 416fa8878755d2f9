import { Transform } from 'node:stream';
import { ProblemError } from '../problems.ts';

/**
 * Lets bytes through up to a bound, and no more than `ratioMax` times what came in compressed: a bomb is noticed
 * after its first megabyte, not after it has filled the memory.
 */
export function boundedBytes(options: {
  readonly bytesMax: number;
  readonly ratioMax: number;
  readonly compressedBytes: () => number;
}): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const ratioBound = Math.max(RATIO_FREE_BYTES, options.compressedBytes() * options.ratioMax);
      if (bytes > options.bytesMax || bytes > ratioBound) done(new ProblemError('UPLOAD_TOO_LARGE'));
      else done(null, chunk);
    },
  });
}
/** Small files may be as repetitive as they like. */
const RATIO_FREE_BYTES = 1024 * 1024;
