import { asBuffer, EQUALS, NINE, SOH, ZERO } from './ascii.ts';
import { checksum } from './checksum.ts';
import type { GarbledReason } from './garbled.ts';

export interface FrameReaderOptions {
  /** Largest BodyLength (9) accepted. @default 1 MiB */
  readonly bodyBytesMax?: number;
  /** Bytes skipped in a row while looking for a message before `overflow` is said. @default 64 KiB */
  readonly skippedBytesMax?: number;
  /**
   * Where a message with a wrong BodyLength ends. `start`: at the next `8=FIX`, so that whole messages behind it, and
   * within what it claims, are found. `trailer`: at the first CheckSum (10) at or behind the claimed end, as QuickFIX
   * reads; a length that is too long then takes the next message with it. @default 'start'
   */
  readonly resyncAt?: Resync;
}

export type Resync = 'start' | 'trailer';

export type FrameEvent =
  /** One whole message, BeginString (8) to CheckSum (10), length and checksum verified. Never overwritten later. */
  | { readonly kind: 'frame'; readonly bytes: Buffer }
  /** Bytes between messages were skipped. */
  | { readonly kind: 'garbage'; readonly byteCount: number }
  /** Something that began like a message was dropped; at most 1 KiB of it is given. */
  | { readonly kind: 'garbled'; readonly reason: GarbledReason; readonly bytes: Buffer }
  /** Terminal: the peer announces more than is accepted. Nothing is read any more. */
  | { readonly kind: 'tooLarge'; readonly bodyBytes: number }
  /** Terminal: too much garbage in a row. Nothing is read any more. */
  | { readonly kind: 'overflow'; readonly byteCount: number };

const START = Buffer.from('8=FIX');
const BODY_BYTES_MAX = 1024 * 1024;
const SKIPPED_BYTES_MAX = 64 * 1024;
/** `8=FIXT.1.1` is the longest BeginString there is; some room for what may come. */
const BEGIN_STRING_BYTES_MAX = 16;
const LENGTH_DIGITS_MAX = 9;
/** `10=nnn` and its SOH. */
const TRAILER_BYTES = 7;
const SAMPLE_BYTES_MAX = 1024;
const CHECKSUM_FIELD = Buffer.from('\x0110=');
const EMPTY = Buffer.alloc(0);

/**
 * Cuts a byte stream into FIX messages. Feed what arrives, then pull with `next` until it is `null`; pulling can stop
 * at any message (back-pressure) and go on later. The frames do not depend on how the stream was split. Memory is
 * bounded by the largest message plus what was fed and not yet pulled. Never throws.
 */
export class FrameReader {
  #buffer: Buffer = EMPTY;
  #start = 0;
  #end = 0;
  /** Bytes skipped since the last message. */
  #skipped = 0;
  /** Of those, how many belonged to no message and are not yet reported. */
  #garbage = 0;
  /** Behind a garbled start: what is skipped is its remains, not garbage. */
  #isResyncing = false;
  #isStopped = false;
  #bodyBytesMax: number;
  readonly #skippedBytesMax: number;
  #resyncAt: Resync;

  constructor(options: FrameReaderOptions = {}) {
    this.#bodyBytesMax = options.bodyBytesMax ?? BODY_BYTES_MAX;
    this.#skippedBytesMax = options.skippedBytesMax ?? SKIPPED_BYTES_MAX;
    this.#resyncAt = options.resyncAt ?? 'start';
  }

  /** A peer that has logged on may send more than a stranger. */
  allowBodyBytes(bodyBytesMax: number): void {
    this.#bodyBytesMax = bodyBytesMax;
  }

  get bufferedBytes(): number {
    return this.#end - this.#start;
  }

  /** Takes bytes over without copying where possible: the caller must not write to `chunk` afterwards. */
  feed(chunk: Uint8Array): void {
    if (this.#isStopped || chunk.length === 0) return;
    const waiting = this.#end - this.#start;
    if (waiting === 0) {
      this.#buffer = asBuffer(chunk);
      this.#start = 0;
      this.#end = chunk.length;
      return;
    }
    // A chunk taken over has no room behind its end; memory grown here may have.
    if (this.#buffer.length - this.#end < chunk.length) {
      // Frames handed out still point into the old memory, so it is left alone, never compacted.
      const grown = Buffer.allocUnsafeSlow(2 * (waiting + chunk.length));
      grown.set(this.#buffer.subarray(this.#start, this.#end));
      this.#buffer = grown;
      this.#start = 0;
      this.#end = waiting;
    }
    this.#buffer.set(chunk, this.#end);
    this.#end += chunk.length;
  }

  next(): FrameEvent | null {
    if (this.#isStopped) return null;
    if (!this.#seekStart()) return this.#overflow();
    if (this.#garbage > 0) {
      const byteCount = this.#garbage;
      this.#garbage = 0;
      return { kind: 'garbage', byteCount };
    }
    return this.#readFrame();
  }

  /** Moves to the next `8=FIX`; `false` when it is not (wholly) there. */
  #seekStart(): boolean {
    const buffer = this.#buffer;
    // Mostly the next message begins right here, and a search would cost more than the look.
    let at = isStart(buffer, this.#start, this.#end) ? this.#start : buffer.indexOf(START, this.#start);
    const isWhole = at >= 0 && at + START.length <= this.#end;
    if (!isWhole) {
      at = this.#start;
      // What could still become a start has to stay.
      while (at < this.#end && !isPrefixOfStart(buffer, at, this.#end)) at += 1;
    }
    const count = at - this.#start;
    if (count > 0) {
      this.#start = at;
      this.#skipped += count;
      if (!this.#isResyncing) this.#garbage += count;
    }
    return isWhole;
  }

  #overflow(): FrameEvent | null {
    if (this.#skipped <= this.#skippedBytesMax) return null;
    const byteCount = this.#skipped;
    this.#stop();
    return { kind: 'overflow', byteCount };
  }

  #readFrame(): FrameEvent | null {
    const buffer = this.#buffer;
    const end = this.#end;
    let at = this.#start + START.length;
    const beginEnd = Math.min(this.#start + 2 + BEGIN_STRING_BYTES_MAX, end);
    while (at < beginEnd && buffer[at] !== SOH) at += 1;
    if (at === beginEnd) return at === end ? null : this.#garbled('HEADER_ORDER', at);
    at += 1;
    if (at + 2 > end) return null;
    if (buffer[at] !== NINE || buffer[at + 1] !== EQUALS) return this.#garbled('HEADER_ORDER', at);
    at += 2;
    const digitsFrom = at;
    let bodyBytes = 0;
    for (; at < end; at += 1) {
      const digit = (buffer[at] as number) - ZERO;
      if (digit < 0 || digit > 9 || at - digitsFrom === LENGTH_DIGITS_MAX) break;
      bodyBytes = bodyBytes * 10 + digit;
    }
    if (at === end) return null;
    if (buffer[at] !== SOH || at === digitsFrom) return this.#garbled('BODY_LENGTH', at);
    if (bodyBytes > this.#bodyBytesMax) {
      this.#stop();
      return { kind: 'tooLarge', bodyBytes };
    }
    const trailerFrom = at + 1 + bodyBytes;
    const frameEnd = trailerFrom + TRAILER_BYTES;
    if (frameEnd > end) return null;
    if (!isTrailer(buffer, trailerFrom)) {
      return this.#resyncAt === 'trailer'
        ? this.#toTrailer(trailerFrom)
        : this.#garbled('BODY_LENGTH', frameEnd);
    }
    const bytes = buffer.subarray(this.#start, frameEnd);
    const sum = checksum(bytes, 0, bytes.length - TRAILER_BYTES);
    const isRight = sum === readThreeDigits(buffer, trailerFrom + 3);
    this.#start = frameEnd;
    this.#isResyncing = false;
    if (!isRight) {
      // The length led to a trailer, so the next message begins behind it.
      this.#skipped += bytes.length;
      const overflow = this.#overflow();
      return overflow ?? { kind: 'garbled', reason: 'CHECKSUM', bytes: sample(bytes) };
    }
    this.#skipped = 0;
    return { kind: 'frame', bytes };
  }

  /** Drops everything up to the end of the next CheckSum field; waits for it within the largest message. */
  #toTrailer(from: number): FrameEvent | null {
    const field = this.#buffer.indexOf(CHECKSUM_FIELD, from - 1);
    const end = field < 0 ? -1 : this.#buffer.indexOf(SOH, field + CHECKSUM_FIELD.length);
    if (end < 0 || end >= this.#end) {
      const waited = this.#end - this.#start;
      return waited > this.#bodyBytesMax ? this.#garbled('BODY_LENGTH', this.#end) : null;
    }
    const bytes = sample(this.#buffer.subarray(this.#start, end + 1));
    this.#skipped += end + 1 - this.#start;
    this.#start = end + 1;
    return this.#overflow() ?? { kind: 'garbled', reason: 'BODY_LENGTH', bytes };
  }

  /** Drops the start only, so that a message hidden behind a wrong length is still found. */
  #garbled(reason: GarbledReason, upTo: number): FrameEvent {
    const bytes = sample(this.#buffer.subarray(this.#start, Math.min(upTo, this.#end)));
    this.#start += START.length;
    this.#skipped += START.length;
    this.#isResyncing = true;
    return this.#overflow() ?? { kind: 'garbled', reason, bytes };
  }

  #stop(): void {
    this.#isStopped = true;
    this.#buffer = EMPTY;
    this.#start = 0;
    this.#end = 0;
  }
}

function isStart(buffer: Buffer, at: number, end: number): boolean {
  if (end - at < START.length) return false;
  for (let i = 0; i < START.length; i += 1) if (buffer[at + i] !== START[i]) return false;
  return true;
}

function isPrefixOfStart(buffer: Buffer, from: number, to: number): boolean {
  if (to - from >= START.length) return false;
  for (let i = from; i < to; i += 1) if (buffer[i] !== START[i - from]) return false;
  return true;
}

function isTrailer(buffer: Buffer, at: number): boolean {
  return (
    buffer[at - 1] === SOH &&
    buffer[at] === ZERO + 1 &&
    buffer[at + 1] === ZERO &&
    buffer[at + 2] === EQUALS &&
    buffer[at + 6] === SOH
  );
}

/** −1 where one of them is no digit. */
function readThreeDigits(buffer: Buffer, at: number): number {
  let value = 0;
  for (let i = at; i < at + 3; i += 1) {
    const digit = (buffer[i] as number) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

function sample(bytes: Buffer): Buffer {
  return bytes.subarray(0, SAMPLE_BYTES_MAX);
}
