/** The bytes that FIX gives a meaning to. */
export const SOH = 0x01;
export const EQUALS = 0x3d;
export const ZERO = 0x30;
export const EIGHT = 0x38;
export const NINE = 0x39;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const UPPER_Y = 0x59;

/** Views the same memory as a Buffer, whose searches and decoders are native. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
