/** Sum of the bytes modulo 256, as CheckSum (10) wants it. */
export function checksum(bytes: Uint8Array, from: number, to: number): number {
  let sum = 0;
  let i = from;
  // Eight at a time: this touches every byte of every message. `| 0` keeps the sum a small integer; what falls off the
  // top of 32 bits says nothing about the lowest eight.
  for (; i + 8 <= to; i += 8) {
    sum =
      (sum +
        (bytes[i] as number) +
        (bytes[i + 1] as number) +
        (bytes[i + 2] as number) +
        (bytes[i + 3] as number) +
        (bytes[i + 4] as number) +
        (bytes[i + 5] as number) +
        (bytes[i + 6] as number) +
        (bytes[i + 7] as number)) |
      0;
  }
  for (; i < to; i += 1) sum = (sum + (bytes[i] as number)) | 0;
  return sum & 0xff;
}
