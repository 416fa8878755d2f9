import type { Ns } from '@tapeclock/domain';

/**
 * Hierarchical timing wheel. A binary heap costs log n for each of a million open obligations and cannot cancel
 * without a search; one timer each would drown the event loop. Here a due instant is dropped into the slot of the
 * coarsest level that tells it apart from now, and falls to finer levels as its time comes nearer: insert and cancel
 * are a handful of writes into one cache line.
 *
 * Eight levels of 64 slots reach further than 64 bits of nanoseconds, so ticks count from the epoch. An entry is 16 bytes off
 * the heap: the next entry of its slot, the previous one, and its due instant as 64 bits. The instant goes in as the
 * `bigint` it is and is read as two 32-bit words: a tick is 2^18 ns, so slots follow by shifts and no nanosecond is lost.
 */
export class TimingWheel<Item> {
  /** First tick that is not wholly over, in two parts of 30 bits: below and above 2^30 ticks. */
  #low = 0;
  #high = 0;
  #size = 0;
  #capacity = CAPACITY_FIRST;
  #words = new Int32Array(this.#capacity * WORDS);
  #instants = new BigInt64Array(this.#words.buffer);
  #items: (Item | undefined)[] = [];
  #free = NONE;
  #used = 0;
  readonly #heads = new Int32Array(LEVELS * SLOTS + 1).fill(NONE);
  /** One bit a slot, so that empty slots and levels are skipped without a scan. */
  readonly #occupied = new Int32Array(LEVELS * 2 + 1);

  get size(): number {
    return this.#size;
  }

  /** Bytes outside of the heap; each entry costs a pointer in the heap besides. */
  get bytesOffHeap(): number {
    return this.#words.byteLength + this.#heads.byteLength + this.#occupied.byteLength;
  }

  /** Never fires before `atNs`; fires at most `TICK_NS` after it. Returns a handle for `cancel`. */
  schedule(atNs: Ns, item: Item): number {
    let entry = this.#free;
    if (entry === NONE) {
      if (this.#used === this.#capacity) this.#grow();
      entry = this.#used;
      this.#used += 1;
    } else {
      this.#free = this.#words[entry * WORDS + NEXT] ?? NONE;
    }
    this.#instants[entry * 2 + 1] = atNs;
    this.#items[entry] = item;
    this.#size += 1;
    this.#place(entry);
    return entry;
  }

  /** The handle must be one that has neither fired nor been cancelled. */
  cancel(entry: number): void {
    this.#unlink(entry);
    this.#release(entry);
  }

  /** Hands over everything whose tick is over at `nowNs`, in order of ticks, and forgets it. `fire` may schedule and cancel. */
  advance(nowNs: Ns, fire: (item: Item) => void): void {
    // What was left when `fire` threw.
    this.#fireAll(fire);
    const targetLow = Number(BigInt.asUintN(LOW_BITS, nowNs >> TICK_BITS));
    const targetHigh = Number(nowNs >> (TICK_BITS + BigInt(LOW_BITS)));
    while (this.#isBefore(targetLow, targetHigh)) {
      const slot = this.#size === 0 ? NONE : this.#occupiedFrom(0, this.#low & SLOT_MASK);
      if (slot === NONE) {
        if (this.#size > 0 && this.#breakUpNext(targetLow, targetHigh)) continue;
        break;
      }
      const due = (this.#low & ~SLOT_MASK) | slot;
      if (this.#high === targetHigh && due >= targetLow) break;
      this.#low = due;
      // Apart before the first is handed over: what `fire` schedules now belongs to later ticks, never to this one again.
      this.#setApart(slot);
      this.#step();
      this.#fireAll(fire);
    }
    if (this.#isBefore(targetLow, targetHigh)) {
      this.#low = targetLow;
      this.#high = targetHigh;
    }
  }

  /** Earliest instant at which `advance` has work: a tick that will be over, or a coarser slot to break up. Null when empty. */
  nextNs(): Ns | null {
    if (this.#size === 0) return null;
    if (this.#heads[APART] !== NONE) return instantOf(this.#low, this.#high);
    const slot = this.#occupiedFrom(0, this.#low & SLOT_MASK);
    if (slot !== NONE) return instantOf(((this.#low & ~SLOT_MASK) | slot) + 1, this.#high);
    for (let level = 1; level < LEVELS; level += 1) {
      const coarse = this.#occupiedAfterNow(level);
      if (coarse === NONE) continue;
      const [low, high] = this.#startOf(level, coarse);
      return instantOf(low, high);
    }
    return instantOf(this.#low, this.#high);
  }

  #isBefore(low: number, high: number): boolean {
    return this.#high < high || (this.#high === high && this.#low < low);
  }

  /** Moves to the start of the next coarser slot that holds anything, and deals it out; false when it lies after the target. */
  #breakUpNext(targetLow: number, targetHigh: number): boolean {
    for (let level = 1; level < LEVELS; level += 1) {
      const slot = this.#occupiedAfterNow(level);
      if (slot === NONE) continue;
      const [low, high] = this.#startOf(level, slot);
      if (high > targetHigh || (high === targetHigh && low > targetLow)) return false;
      this.#low = low;
      this.#high = high;
      this.#dealOut(level * SLOTS + slot);
      return true;
    }
    return false;
  }

  /** One tick on; at a boundary the coarser slots that begin there are dealt out. */
  #step(): void {
    this.#low += 1;
    if (this.#low === LOW_SPAN) {
      this.#low = 0;
      this.#high += 1;
    }
    if ((this.#low & SLOT_MASK) !== 0) return;
    for (let level = LEVELS - 1; level > 0; level -= 1) {
      // Only a slot that begins at this very tick: what lies in the present slot of a level has been dealt out before.
      if (this.#beginsSlot(level)) this.#dealOut(level * SLOTS + this.#slotNow(level));
    }
  }

  #beginsSlot(level: number): boolean {
    if (level < LOW_LEVELS) return (this.#low & ((1 << (level * SLOT_BITS)) - 1)) === 0;
    return this.#low === 0 && (this.#high & ((1 << ((level - LOW_LEVELS) * SLOT_BITS)) - 1)) === 0;
  }

  #slotNow(level: number): number {
    return level < LOW_LEVELS
      ? (this.#low >>> (level * SLOT_BITS)) & SLOT_MASK
      : (this.#high >>> ((level - LOW_LEVELS) * SLOT_BITS)) & SLOT_MASK;
  }

  /** First tick of a slot later than the present one of its level. */
  #startOf(level: number, slot: number): readonly [low: number, high: number] {
    if (level < LOW_LEVELS) {
      const shift = level * SLOT_BITS;
      return [((this.#low >>> (shift + SLOT_BITS)) << (shift + SLOT_BITS)) | (slot << shift), this.#high];
    }
    const shift = (level - LOW_LEVELS) * SLOT_BITS;
    return [0, ((this.#high >>> (shift + SLOT_BITS)) << (shift + SLOT_BITS)) | (slot << shift)];
  }

  #occupiedAfterNow(level: number): number {
    const slot = this.#slotNow(level);
    return slot === SLOT_MASK ? NONE : this.#occupiedFrom(level, slot + 1);
  }

  #occupiedFrom(level: number, from: number): number {
    const word = level * 2 + (from >>> 5);
    const bits = (this.#occupied[word] ?? 0) & (-1 << (from & 31));
    if (bits !== 0) return (from & 32) | lowestBit(bits);
    const above = from < 32 ? (this.#occupied[word + 1] ?? 0) : 0;
    return above === 0 ? NONE : 32 | lowestBit(above);
  }

  #dealOut(slot: number): void {
    let entry = this.#heads[slot] ?? NONE;
    this.#empty(slot);
    while (entry !== NONE) {
      const following = this.#words[entry * WORDS + NEXT] ?? NONE;
      this.#place(entry);
      entry = following;
    }
  }

  #setApart(slot: number): void {
    const head = this.#heads[slot] ?? NONE;
    this.#empty(slot);
    this.#heads[APART] = head;
    if (head !== NONE) this.#words[head * WORDS + PREVIOUS] = ~APART;
  }

  #empty(slot: number): void {
    this.#heads[slot] = NONE;
    this.#occupied[slot >>> 5] = (this.#occupied[slot >>> 5] ?? 0) & ~(1 << (slot & 31));
  }

  #fireAll(fire: (item: Item) => void): void {
    // Firing may cancel others of this tick: always go on from the head.
    for (let entry = this.#heads[APART] ?? NONE; entry !== NONE; entry = this.#heads[APART] ?? NONE) {
      const item = this.#items[entry];
      this.#unlink(entry);
      this.#release(entry);
      if (item !== undefined) fire(item);
    }
  }

  #place(entry: number): void {
    const words = this.#words;
    const base = entry * WORDS;
    const instantLow = words[base + INSTANT_LOW] ?? 0;
    const instantHigh = words[base + INSTANT_HIGH] ?? 0;
    let low = ((instantHigh << 14) | (instantLow >>> 18)) & LOW_MASK;
    let high = instantHigh >> 16;
    if (high < this.#high || (high === this.#high && low < this.#low)) {
      low = this.#low;
      high = this.#high;
    }
    // The level of the highest bit in which the due tick and the present one differ: nearer levels hold one turn only.
    let slot = 0;
    if (high === this.#high) {
      const level = LEVEL_OF_BITS[32 - Math.clz32(low ^ this.#low)] ?? 0;
      slot = (level << SLOT_BITS) | ((low >>> (level * SLOT_BITS)) & SLOT_MASK);
    } else {
      const level = LEVEL_OF_BITS[32 - Math.clz32(high ^ this.#high)] ?? 0;
      slot = ((level + LOW_LEVELS) << SLOT_BITS) | ((high >>> (level * SLOT_BITS)) & SLOT_MASK);
    }
    const head = this.#heads[slot] ?? NONE;
    words[base + NEXT] = head;
    words[base + PREVIOUS] = ~slot;
    if (head !== NONE) words[head * WORDS + PREVIOUS] = entry;
    this.#heads[slot] = entry;
    this.#occupied[slot >>> 5] = (this.#occupied[slot >>> 5] ?? 0) | (1 << (slot & 31));
  }

  #unlink(entry: number): void {
    const words = this.#words;
    const next = words[entry * WORDS + NEXT] ?? NONE;
    const previous = words[entry * WORDS + PREVIOUS] ?? 0;
    if (next !== NONE) words[next * WORDS + PREVIOUS] = previous;
    if (previous >= 0) {
      words[previous * WORDS + NEXT] = next;
      return;
    }
    // The first of a slot names the slot instead of an entry.
    if (next === NONE) this.#empty(~previous);
    else this.#heads[~previous] = next;
  }

  #release(entry: number): void {
    this.#items[entry] = undefined;
    this.#words[entry * WORDS + NEXT] = this.#free;
    this.#free = entry;
    this.#size -= 1;
  }

  #grow(): void {
    this.#capacity *= 2;
    const words = new Int32Array(this.#capacity * WORDS);
    words.set(this.#words);
    this.#words = words;
    this.#instants = new BigInt64Array(words.buffer);
  }
}

function instantOf(low: number, high: number): Ns {
  return ((BigInt(high) << BigInt(LOW_BITS)) + BigInt(low)) << TICK_BITS;
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}

const TICK_BITS = 18n;
/** Width of a slot of the finest level: 0.26 ms. */
export const TICK_NS: Ns = 1n << TICK_BITS;

const NONE = -1;
const CAPACITY_FIRST = 1_024;

/** Words of an entry. `PREVIOUS` of the first entry of a slot is the complement of the slot. */
const WORDS = 4;
const NEXT = 0;
const PREVIOUS = 1;
const INSTANT_LOW = 2;
const INSTANT_HIGH = 3;

const SLOT_BITS = 6;
const SLOTS = 1 << SLOT_BITS;
const SLOT_MASK = SLOTS - 1;
const LEVELS = 8;
/** Levels within the lower 30 bits of a tick: three days. */
const LOW_LEVELS = 5;
const LOW_BITS = LOW_LEVELS * SLOT_BITS;
const LOW_SPAN = 2 ** LOW_BITS;
const LOW_MASK = LOW_SPAN - 1;
/** The list that is being fired. */
const APART = LEVELS * SLOTS;
/** Level by the number of significant bits. */
const LEVEL_OF_BITS = Uint8Array.from({ length: 33 }, (_, bits) =>
  Math.max(0, Math.ceil(bits / SLOT_BITS) - 1),
);
