const SHORT_BYTES_MAX = 16;
const CHUNK = 8;
const ASCII_END = 0x80;

/**
 * ASCII of up to 16 bytes as text; null for longer ones and for anything else, which is the decoder's. Most values of a
 * message are that short, and a call into the decoder costs four times the text.
 */
export function shortText(bytes: Uint8Array, from: number, to: number): string | null {
  const length = to - from;
  if (length > SHORT_BYTES_MAX) return null;
  let all = 0;
  for (let i = from; i < to; i += 1) all |= bytes[i] as number;
  if (all >= ASCII_END) return null;
  return length <= CHUNK
    ? upToEight(bytes, from, length)
    : upToEight(bytes, from, CHUNK) + upToEight(bytes, from + CHUNK, length - CHUNK);
}

/** Every position read is inside the array, which the types cannot know. */
const code = String.fromCharCode as (...codes: readonly (number | undefined)[]) => string;

/** With as many arguments as there are bytes, the engine makes the string at once. */
function upToEight(b: Uint8Array, i: number, length: number): string {
  switch (length) {
    case 0:
      return '';
    case 1:
      return code(b[i]);
    case 2:
      return code(b[i], b[i + 1]);
    case 3:
      return code(b[i], b[i + 1], b[i + 2]);
    case 4:
      return code(b[i], b[i + 1], b[i + 2], b[i + 3]);
    case 5:
      return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4]);
    case 6:
      return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5]);
    case 7:
      return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6]);
    default:
      return code(b[i], b[i + 1], b[i + 2], b[i + 3], b[i + 4], b[i + 5], b[i + 6], b[i + 7]);
  }
}
