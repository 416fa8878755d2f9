/** Compression as CAT wants it: one bzip2 stream per file, block size 9. */
export interface Bzip2 {
  compress(bytes: Uint8Array): Promise<Uint8Array>;
  /** Rejects where the input is no bzip2 stream, or would grow beyond `bytesMax`. */
  decompress(bytes: Uint8Array, bytesMax: number): Promise<Uint8Array>;
}
