import { encodeMessage, type Field } from '../../src/codec/index.ts';

/** A message from a `|`-separated body, with the right length and checksum. */
export function fix(text: string, beginString = 'FIX.4.4'): Buffer {
  const fields = text.split('|').map((field): Field => {
    const at = field.indexOf('=');
    return [Number(field.slice(0, at)), field.slice(at + 1)];
  });
  const [first, ...rest] = fields;
  return encodeMessage(beginString, String(first![1]), rest);
}

/** Bytes as they are, `|` standing for SOH. */
export function raw(text: string): Buffer {
  return Buffer.from(text.replaceAll('|', '\x01'), 'latin1');
}

export function readable(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replaceAll('\x01', '|');
}
