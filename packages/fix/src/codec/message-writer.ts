import { EIGHT, EQUALS, NINE, SOH, ZERO } from './ascii.ts';
import { checksum } from './checksum.ts';
import { isDataField } from './data-fields.ts';
import { EncodeError } from './encode-error.ts';

/** Text goes out as UTF-8, numbers in plain decimal (whole ones only), bytes as they are. */
export type FieldValue = string | number | bigint | Uint8Array;

/** Room before the body for `8=FIXT.1.1`, `9=nnnnnnnnn` and their SOHs. */
const HEAD_BYTES_MAX = 40;
const TRAILER_BYTES = 7;
const FIELD_OVERHEAD_BYTES = 12;
const UTF8_BYTES_PER_UNIT = 3;
const ASCII_MAX = 0x7f;

/**
 * Writes one message at a time in one pass: the body first, then the head right-aligned in front of it, when its
 * length is known. The memory is used again for the next message; `finish` copies out.
 */
export class MessageWriter {
  #buffer: Buffer;
  #at = HEAD_BYTES_MAX;
  #beginString = '';

  constructor(capacityBytes = 4096) {
    this.#buffer = Buffer.allocUnsafeSlow(Math.max(capacityBytes, HEAD_BYTES_MAX + TRAILER_BYTES));
  }

  begin(beginString: string): void {
    this.#at = HEAD_BYTES_MAX;
    this.#beginString = beginString;
  }

  /** Throws `EncodeError` for what cannot stand in a FIX field: nothing, SOH in text, a fraction. */
  field(tag: number, value: FieldValue): void {
    if (!Number.isSafeInteger(tag) || tag <= 0)
      throw new EncodeError('TAG', tag, 'a tag is a positive whole number');
    if (typeof value === 'number' && !Number.isSafeInteger(value)) {
      throw new EncodeError('NOT_WHOLE', tag, 'write fractions as decimal text');
    }
    const plain = typeof value === 'string' || value instanceof Uint8Array ? value : value.toString();
    if (plain.length === 0) throw new EncodeError('EMPTY', tag, 'leave the field out instead');
    this.#reserve(plain.length * UTF8_BYTES_PER_UNIT + FIELD_OVERHEAD_BYTES + TRAILER_BYTES);
    this.#tag(tag);
    if (typeof plain === 'string') this.#text(tag, plain);
    else this.#raw(tag, plain);
    this.#buffer[this.#at] = SOH;
    this.#at += 1;
  }

  /** The whole message with BodyLength and CheckSum, in memory of its own. */
  finish(): Buffer {
    const buffer = this.#buffer;
    const end = this.#at;
    let at = HEAD_BYTES_MAX - 1;
    buffer[at] = SOH;
    // From the right, in front of the body: the length has as many digits as it has.
    let rest = end - HEAD_BYTES_MAX;
    do {
      at -= 1;
      buffer[at] = ZERO + (rest % 10);
      rest = (rest / 10) | 0;
    } while (rest > 0);
    buffer[at - 1] = EQUALS;
    buffer[at - 2] = NINE;
    buffer[at - 3] = SOH;
    at -= 3;
    const begin = this.#beginString;
    for (let i = begin.length - 1; i >= 0; i -= 1) {
      at -= 1;
      buffer[at] = begin.charCodeAt(i);
    }
    buffer[at - 1] = EQUALS;
    buffer[at - 2] = EIGHT;
    at -= 2;
    const sum = checksum(buffer, at, end);
    buffer[end] = ZERO + 1;
    buffer[end + 1] = ZERO;
    buffer[end + 2] = EQUALS;
    buffer[end + 3] = ZERO + ((sum / 100) | 0);
    buffer[end + 4] = ZERO + (((sum / 10) | 0) % 10);
    buffer[end + 5] = ZERO + (sum % 10);
    buffer[end + 6] = SOH;
    const message = Buffer.allocUnsafe(end + TRAILER_BYTES - at);
    buffer.copy(message, 0, at, end + TRAILER_BYTES);
    return message;
  }

  #reserve(byteCount: number): void {
    if (this.#buffer.length - this.#at >= byteCount) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + byteCount));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
  }

  /** By hand, for up to three digits: this runs for every field that leaves. */
  #tag(tag: number): void {
    const buffer = this.#buffer;
    let at = this.#at;
    if (tag < 1000) {
      const hundreds = (tag / 100) | 0;
      const tens = ((tag / 10) | 0) % 10;
      if (hundreds > 0) {
        buffer[at] = ZERO + hundreds;
        at += 1;
      }
      if (tag > 9) {
        buffer[at] = ZERO + tens;
        at += 1;
      }
      buffer[at] = ZERO + (tag % 10);
      at += 1;
    } else {
      at += buffer.write(tag.toString(), at, 'latin1');
    }
    buffer[at] = EQUALS;
    this.#at = at + 1;
  }

  #text(tag: number, text: string): void {
    const buffer = this.#buffer;
    const from = this.#at;
    for (let i = 0; i < text.length; i += 1) {
      const code = text.charCodeAt(i);
      if (code > ASCII_MAX) {
        if (text.includes('\x01')) throw soh(tag);
        this.#at = from + buffer.write(text, from, 'utf8');
        return;
      }
      if (code === SOH) throw soh(tag);
      buffer[from + i] = code;
    }
    this.#at = from + text.length;
  }

  #raw(tag: number, bytes: Uint8Array): void {
    if (!isDataField(tag) && bytes.includes(SOH)) throw soh(tag);
    this.#buffer.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}

function soh(tag: number): EncodeError {
  return new EncodeError('SOH', tag, 'a value cannot hold the field separator');
}
