import { asBuffer, EQUALS, MINUS, SOH, ZERO } from './ascii.ts';
import { dataFieldFor } from './data-fields.ts';
import { FieldView, SLOTS_PER_FIELD } from './field-view.ts';
import type { GarbledReason } from './garbled.ts';

const TAG_BEGIN_STRING = 8;
const TAG_BODY_LENGTH = 9;
const TAG_MSG_TYPE = 35;
const TAG_VALUE_MAX = 99_999_999;
const MSG_TYPE_POSITION = 2;
const DATA_LENGTH_DIGITS_MAX = 9;

/** One whole message, 8 to 10. The bytes are shared with whoever framed them, not copied. */
export class FixMessage extends FieldView {
  #msgType: string | null = null;

  get msgType(): string {
    this.#msgType ??= this.textAt(MSG_TYPE_POSITION);
    return this.#msgType;
  }

  get beginString(): string {
    return this.textAt(0);
  }

  /** The same message in memory of its own, for keeping: a frame holds on to the whole chunk it came in. */
  detached(): FixMessage {
    const index = this.index.slice(this.from * SLOTS_PER_FIELD, this.to * SLOTS_PER_FIELD);
    return new FixMessage(Uint8Array.from(this.bytes), index, 0, this.to - this.from);
  }
}

/**
 * Where the fields of the next message are noted, one message behind the other: an array for each would cost as much
 * as the scan. A message keeps its block alive, so blocks are small. One scan never yields to another.
 */
const BLOCK_SLOTS = SLOTS_PER_FIELD * 2048;
let block = new Int32Array(BLOCK_SLOTS);
let blockUsed = 0;

/**
 * Finds the fields of one frame in one pass; values are decoded when asked for. Checks that 8, 9 and 35 lead and that
 * every field is `tag=value`; length and checksum are the frame reader's. A tag that is a number and yet none (0, −1)
 * is found like any other: it is for the session to reject. Never throws.
 */
export function decodeMessage(frame: Uint8Array): FixMessage | GarbledReason {
  const end = frame.length;
  // A last byte that ends a field stops every search below.
  if (end === 0 || frame[end - 1] !== SOH) return 'FIELD';
  let at = 0;
  let index = block;
  let first = blockUsed;
  let slot = first;
  let dataTag = 0;
  let dataBytes = 0;
  while (at < end) {
    const isNegative = frame[at] === MINUS;
    if (isNegative) at += 1;
    const tagFrom = at;
    let tag = 0;
    let byte = frame[at] as number;
    while (byte !== EQUALS) {
      const digit = byte - ZERO;
      if (digit < 0 || digit > 9) return 'TAG';
      tag = tag * 10 + digit;
      at += 1;
      if (tag > TAG_VALUE_MAX) return 'TAG';
      byte = frame[at] as number;
    }
    if (at === tagFrom || (frame[tagFrom] === ZERO && at > tagFrom + 1)) return 'TAG';
    if (isNegative) tag = -tag;
    at += 1;
    const valueFrom = at;
    if (tag === dataTag && at + dataBytes < end && frame[at + dataBytes] === SOH) {
      at += dataBytes;
    } else {
      while (frame[at] !== SOH) at += 1;
    }
    if (slot === index.length) {
      index = moved(index, first, slot);
      slot -= first;
      first = 0;
    }
    index[slot] = tag;
    index[slot + 1] = valueFrom;
    index[slot + 2] = at;
    slot += SLOTS_PER_FIELD;
    dataTag = dataFieldFor(tag);
    if (dataTag !== 0) dataBytes = readLength(frame, valueFrom, at);
    at += 1;
  }
  const hasHead =
    slot >= first + SLOTS_PER_FIELD * 3 &&
    index[first] === TAG_BEGIN_STRING &&
    index[first + SLOTS_PER_FIELD] === TAG_BODY_LENGTH &&
    index[first + 2 * SLOTS_PER_FIELD] === TAG_MSG_TYPE;
  if (!hasHead) return 'HEADER_ORDER';
  // A block made for one large message is that message's own.
  if (index.length === BLOCK_SLOTS) {
    block = index;
    blockUsed = slot;
  }
  return new FixMessage(asBuffer(frame), index, first / SLOTS_PER_FIELD, slot / SLOTS_PER_FIELD);
}

/** What was noted so far, in a new block; in a larger one where a whole block does not hold one message. */
function moved(index: Int32Array, first: number, slot: number): Int32Array<ArrayBuffer> {
  const noted = slot - first;
  const next = new Int32Array(Math.max(BLOCK_SLOTS, 2 * noted));
  next.set(index.subarray(first, slot));
  return next;
}

/** Beyond any frame where it is no number, so that the value then ends at the next SOH. */
function readLength(frame: Uint8Array, from: number, to: number): number {
  if (to === from || to - from > DATA_LENGTH_DIGITS_MAX) return Number.MAX_SAFE_INTEGER;
  let value = 0;
  for (let i = from; i < to; i += 1) {
    const digit = (frame[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return Number.MAX_SAFE_INTEGER;
    value = value * 10 + digit;
  }
  return value;
}
