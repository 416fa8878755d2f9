import { EQUALS, SOH, ZERO } from './ascii.ts';
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
    const head = `8=${this.#beginString}\x019=${this.#at - HEAD_BYTES_MAX}\x01`;
    const from = HEAD_BYTES_MAX - head.length;
    this.#buffer.write(head, from, 'latin1');
    const sum = checksum(this.#buffer, from, this.#at);
    this.#buffer.write(`10=${sum.toString().padStart(3, '0')}\x01`, this.#at, 'latin1');
    return Buffer.from(this.#buffer.subarray(from, this.#at + TRAILER_BYTES));
  }

  #reserve(byteCount: number): void {
    if (this.#buffer.length - this.#at >= byteCount) return;
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + byteCount));
    larger.set(this.#buffer.subarray(0, this.#at));
    this.#buffer = larger;
  }

  #tag(tag: number): void {
    let digitCount = 1;
    for (let rest = tag; rest >= 10; rest = Math.floor(rest / 10)) digitCount += 1;
    let rest = tag;
    for (let i = this.#at + digitCount - 1; i >= this.#at; i -= 1) {
      this.#buffer[i] = ZERO + (rest % 10);
      rest = Math.floor(rest / 10);
    }
    this.#at += digitCount;
    this.#buffer[this.#at] = EQUALS;
    this.#at += 1;
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
