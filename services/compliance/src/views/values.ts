import {
  formatDecimal,
  msFromNs,
  type Ns,
  PRICE_SCALE,
  QUANTITY_SCALE,
  rfc3339FromNs,
} from '@tapeclock/domain';
import type { RawBytesView } from '../api/contract.ts';

/** Milliseconds with three decimals; a span is small enough for a float to hold it exactly to the microsecond. */
export const spanMs = (spanNs: Ns): number => Number(spanNs / 1_000n) / 1_000;
export const nullable = <From, To>(value: From | null, map: (value: From) => To): To | null =>
  value === null ? null : map(value);
export const instant = (ns: Ns | null) => nullable(ns, rfc3339FromNs);
export const epochMs = (ns: Ns | null) => nullable(ns, msFromNs);
export const price = (e8: bigint | null) => nullable(e8, (value) => formatDecimal(value, PRICE_SCALE));
export const quantity = (e6: bigint | null) => nullable(e6, (value) => formatDecimal(value, QUANTITY_SCALE));

/** Shown at most; the log keeps the whole. */
const SHOWN_BYTES_MAX = 16 * 1024;

/** Bytes that people can read and nothing can execute: control characters and broken UTF-8 are escaped. */
export function rawBytes(format: string, bytes: Uint8Array): RawBytesView {
  const shown = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, SHOWN_BYTES_MAX));
  return { format, text: escapedText(shown), hex: shown.toString('hex'), bytes: bytes.byteLength };
}

function escapedText(bytes: Buffer): string {
  const fix = bytes.subarray(0, 2).toString('latin1') === '8=';
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    // Not UTF-8 (or cut inside a character): byte by byte, so that nothing is guessed.
    text = bytes.toString('latin1').replace(/[\u0080-\u00ff]/g, escaped);
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about.
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    if (fix && character === '\u0001') return '|';
    if (!fix && (character === '\n' || character === '\t')) return character;
    return escaped(character);
  });
}

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 256 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
