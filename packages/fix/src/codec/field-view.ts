import type { Ns } from '@tapeclock/domain';
import { asBuffer, DOT, MINUS, UPPER_Y, ZERO } from './ascii.ts';
import { shortText } from './short-text.ts';
import { parseUtcTimestamp } from './utc-timestamp.ts';

/** Tag, where the value begins, where it ends. */
export const SLOTS_PER_FIELD = 3;
/** 999,999,999,999,999: every such number is exact in a double. */
const INT_DIGITS_MAX = 15;

/** How a repeating group is laid out. Tags of nested groups count as members. */
export interface GroupDefinition {
  /** NumInGroup field, e.g. 552 NoSides. */
  readonly count: number;
  /** First field of each entry, e.g. 54 Side. */
  readonly delimiter: number;
  /** Every other tag that may stand in an entry. */
  readonly members: readonly number[];
}

/**
 * A run of fields of one message, in the order they came: the whole message, or one entry of a repeating group.
 * Nothing is decoded before it is asked for. Getters take the first field of that tag; `null` where it is absent or
 * cannot be read as asked (`has` tells which).
 */
export class FieldView {
  readonly bytes: Uint8Array;
  /** Three slots per field; shared between a message and its group entries. */
  protected readonly index: Int32Array;
  protected readonly from: number;
  protected readonly to: number;

  constructor(bytes: Uint8Array, index: Int32Array, from: number, to: number) {
    this.bytes = bytes;
    this.index = index;
    this.from = from;
    this.to = to;
  }

  get fieldCount(): number {
    return this.to - this.from;
  }

  /** Tag of the field at `position`, counted from 0 within this view; 0 outside. */
  tagAt(position: number): number {
    return position < 0 || position >= this.to - this.from
      ? 0
      : (this.index[(this.from + position) * SLOTS_PER_FIELD] as number);
  }

  valueAt(position: number): Uint8Array {
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    return this.bytes.subarray(this.index[slot + 1], this.index[slot + 2]);
  }

  /** `tag=` with nothing behind it: FIX forbids it, and SessionRejectReason 4 says so. */
  isEmptyAt(position: number): boolean {
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    return this.index[slot + 1] === this.index[slot + 2];
  }

  textAt(position: number): string {
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    const from = this.index[slot + 1] as number;
    const to = this.index[slot + 2] as number;
    return shortText(this.bytes, from, to) ?? asBuffer(this.bytes).toString('utf8', from, to);
  }

  /** Position of the first field of that tag at or behind `fromPosition`; −1 where there is none. */
  positionOf(tag: number, fromPosition = 0): number {
    const index = this.index;
    const end = this.to * SLOTS_PER_FIELD;
    for (let slot = (this.from + fromPosition) * SLOTS_PER_FIELD; slot < end; slot += SLOTS_PER_FIELD) {
      if (index[slot] === tag) return slot / SLOTS_PER_FIELD - this.from;
    }
    return -1;
  }

  has(tag: number): boolean {
    return this.positionOf(tag) >= 0;
  }

  /** UTF-8 (ASCII in practice); what is not becomes U+FFFD. Use `raw` where the bytes matter. */
  string(tag: number): string | null {
    const position = this.positionOf(tag);
    return position < 0 ? null : this.textAt(position);
  }

  raw(tag: number): Uint8Array | null {
    const position = this.positionOf(tag);
    return position < 0 ? null : this.valueAt(position);
  }

  /** A whole number of at most 15 digits, so that it is exact; leading zeros are allowed, `+` is not. */
  int(tag: number): number | null {
    const position = this.positionOf(tag);
    if (position < 0) return null;
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    const end = this.index[slot + 2] as number;
    let at = this.index[slot + 1] as number;
    const isNegative = this.bytes[at] === MINUS;
    if (isNegative) at += 1;
    if (at === end || end - at > INT_DIGITS_MAX) return null;
    let value = 0;
    for (; at < end; at += 1) {
      const digit = (this.bytes[at] as number) - ZERO;
      if (digit < 0 || digit > 9) return null;
      value = value * 10 + digit;
    }
    return isNegative && value !== 0 ? -value : value;
  }

  /** FIX float as the text it came as (no exponent, no sign but `-`, no NaN): parse it with the domain's decimals. */
  decimal(tag: number): string | null {
    const position = this.positionOf(tag);
    if (position < 0) return null;
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    const end = this.index[slot + 2] as number;
    let at = this.index[slot + 1] as number;
    if (this.bytes[at] === MINUS) at += 1;
    let digitCount = 0;
    let dotCount = 0;
    for (; at < end; at += 1) {
      const byte = this.bytes[at] as number;
      if (byte === DOT) dotCount += 1;
      else if (byte >= ZERO && byte <= ZERO + 9) digitCount += 1;
      else return null;
    }
    return digitCount > 0 && dotCount <= 1 ? this.textAt(position) : null;
  }

  /** UTCTimestamp as nanoseconds since the epoch; see `parseUtcTimestamp`. */
  timestamp(tag: number): Ns | null {
    const position = this.positionOf(tag);
    if (position < 0) return null;
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    return parseUtcTimestamp(this.bytes, this.index[slot + 1] as number, this.index[slot + 2] as number);
  }

  /** `Y` and nothing else. */
  flag(tag: number): boolean {
    const position = this.positionOf(tag);
    if (position < 0) return false;
    const slot = (this.from + position) * SLOTS_PER_FIELD;
    const at = this.index[slot + 1] as number;
    return this.index[slot + 2] === at + 1 && this.bytes[at] === UPPER_Y;
  }

  /**
   * Entries of a repeating group that really follow its count field. Compare their number with `int(count)`: a
   * difference is the sender's error (SessionRejectReason 16).
   */
  group(definition: GroupDefinition): readonly FieldView[] {
    const entries: FieldView[] = [];
    const countAt = this.positionOf(definition.count);
    if (countAt < 0) return entries;
    let field = this.from + countAt + 1;
    while (field < this.to && this.index[field * SLOTS_PER_FIELD] === definition.delimiter) {
      const entryFrom = field;
      field += 1;
      while (field < this.to && definition.members.includes(this.index[field * SLOTS_PER_FIELD] as number)) {
        field += 1;
      }
      entries.push(new FieldView(this.bytes, this.index, entryFrom, field));
    }
    return entries;
  }
}
