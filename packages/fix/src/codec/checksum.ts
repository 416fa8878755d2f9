/** Sum of the bytes modulo 256, as CheckSum (10) wants it. */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  // Up to 2^53 / 255 bytes fit without losing a bit, so the modulus can wait until the end.
  for (let i = from; i < to; i += 1) sum += bytes[i] as number;
  return sum & 0xff;
}
