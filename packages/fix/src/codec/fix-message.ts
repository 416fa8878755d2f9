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
    return new FixMessage(Uint8Array.from(this.bytes), this.index, this.from, this.to);
  }
}

/** Grows to the most fields ever met; one scan never yields to another, so all of them can share it. */
let scratch = new Int32Array(SLOTS_PER_FIELD * 256);

/**
 * Finds the fields of one frame in one pass; values are decoded when asked for. Checks that 8, 9 and 35 lead and that
 * every field is `tag=value`; length and checksum are the frame reader's. A tag that is a number and yet none (0, −1)
 * is found like any other: it is for the session to reject. Never throws.
 */
export function decodeMessage(frame: Uint8Array): FixMessage | GarbledReason {
  const end = frame.length;
  let at = 0;
  let slot = 0;
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
      if (at === end) return 'FIELD';
      byte = frame[at] as number;
    }
    if (at === tagFrom || (frame[tagFrom] === ZERO && at > tagFrom + 1)) return 'TAG';
    if (isNegative) tag = -tag;
    at += 1;
    const valueFrom = at;
    if (tag === dataTag && at + dataBytes < end && frame[at + dataBytes] === SOH) {
      at += dataBytes;
    } else {
      while (at < end && frame[at] !== SOH) at += 1;
      if (at === end) return 'FIELD';
    }
    if (slot === scratch.length) scratch = grown(scratch);
    scratch[slot] = tag;
    scratch[slot + 1] = valueFrom;
    scratch[slot + 2] = at;
    slot += SLOTS_PER_FIELD;
    dataTag = dataFieldFor(tag);
    if (dataTag !== 0) dataBytes = readLength(frame, valueFrom, at);
    at += 1;
  }
  const hasHead =
    slot >= SLOTS_PER_FIELD * 3 &&
    scratch[0] === TAG_BEGIN_STRING &&
    scratch[SLOTS_PER_FIELD] === TAG_BODY_LENGTH &&
    scratch[2 * SLOTS_PER_FIELD] === TAG_MSG_TYPE;
  if (!hasHead) return 'HEADER_ORDER';
  return new FixMessage(asBuffer(frame), scratch.slice(0, slot), 0, slot / SLOTS_PER_FIELD);
}

function grown(index: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(index.length * 2);
  larger.set(index);
  return larger;
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
