import type { Ns } from '@tapeclock/domain';

/**
 * Hierarchical timing wheel. A binary heap costs log n for each of a million open obligations and cannot cancel
 * without a search; one timer each would drown the event loop. Here a due time is dropped into the slot of the
 * coarsest level that tells it apart from now, and falls to finer levels as its time comes nearer: insert and cancel
 * are a handful of array writes.
 *
 * Levels of 64 slots: level 0 slots are one tick wide, level 1 slots 64 ticks, and so on. With ticks of 1 ms
 * eight levels reach thousands of years, so the origin may be the epoch. Entries sit in doubly linked lists inside typed arrays, so nothing is allocated per entry.
 */
export class TimingWheel<Item> {
  readonly #tickNs: Ns;
  readonly #originNs: Ns;
  /** Current tick, counted from the origin. Ticks before it have been delivered. */
  #tick = 0;
  #size = 0;
  #capacity = 1_024;
  #next = new Int32Array(this.#capacity);
  #previous = new Int32Array(this.#capacity);
  #dueTick = new Float64Array(this.#capacity);
  #slotOf = new Int32Array(this.#capacity);
  #items: (Item | undefined)[] = [];
  #free = NONE;
  #used = 0;
  readonly #heads = new Int32Array(LEVELS * SLOTS).fill(NONE);
  /** Entries per level, so that empty levels are skipped without a scan. */
  readonly #population = new Int32Array(LEVELS);

  constructor(originNs: Ns, tickNs: Ns) {
    this.#originNs = originNs;
    this.#tickNs = tickNs;
  }

  get size(): number {
    return this.#size;
  }

  /** Never fires before `atNs`; fires at most one tick after it. Returns a handle for `cancel`. */
  schedule(atNs: Ns, item: Item): number {
    const ticks = Number((atNs - this.#originNs + this.#tickNs - 1n) / this.#tickNs);
    const entry = this.#allocate();
    this.#items[entry] = item;
    this.#dueTick[entry] = Math.max(ticks, this.#tick);
    this.#place(entry);
    this.#size += 1;
    return entry;
  }

  /** The handle must be one that has neither fired nor been cancelled. */
  cancel(entry: number): void {
    this.#unlink(entry);
    this.#release(entry);
  }

  /** Hands over everything due at or before `nowNs`, in order of due tick, and forgets it. */
  advance(nowNs: Ns, fire: (item: Item) => void): void {
    const target = Math.floor(Number((nowNs - this.#originNs) / this.#tickNs));
    while (this.#tick <= target) {
      if (this.#size === 0) {
        this.#tick = target + 1;
        return;
      }
      this.#fireSlot(fire);
      this.#tick += 1;
      if (this.#tick % SLOTS === 0) this.#cascade();
      else if (this.#population[0] === 0) this.#skipTo(target + 1);
    }
  }

  /** Earliest instant at which `advance` has work: a due entry, or a coarser slot to break up. Null when empty. */
  nextNs(): Ns | null {
    if (this.#size === 0) return null;
    if ((this.#population[0] ?? 0) > 0) {
      for (let tick = this.#tick; tick < this.#tick + SLOTS; tick += 1) {
        if (this.#heads[tick % SLOTS] !== NONE) return this.#instantOf(tick);
      }
    }
    // Nothing in the finest level: the next boundary at which a coarser level with entries is broken up.
    for (let level = 1; level < LEVELS; level += 1) {
      if ((this.#population[level] ?? 0) === 0) continue;
      const width = SLOTS ** level;
      const first = Math.floor(this.#tick / width) + 1;
      for (let slot = first; slot < first + SLOTS; slot += 1) {
        if (this.#heads[level * SLOTS + (slot % SLOTS)] !== NONE) return this.#instantOf(slot * width);
      }
    }
    return this.#instantOf(this.#tick);
  }

  #instantOf(tick: number): Ns {
    return this.#originNs + BigInt(tick) * this.#tickNs;
  }

  #fireSlot(fire: (item: Item) => void): void {
    const slot = this.#tick % SLOTS;
    let entry = this.#heads[slot] ?? NONE;
    while (entry !== NONE) {
      const item = this.#items[entry];
      this.#unlink(entry);
      this.#release(entry);
      if (item !== undefined) fire(item);
      // Firing may have scheduled or cancelled others in this very slot: always go on from its head.
      entry = this.#heads[slot] ?? NONE;
    }
  }

  /** With the finer levels empty nothing can be due before the next boundary of the finest one that is not. */
  #skipTo(limit: number): void {
    const level = this.#population.findIndex((count) => count > 0);
    const width = SLOTS ** Math.max(level, 1);
    const boundary = (Math.floor(this.#tick / width) + 1) * width;
    this.#tick = Math.min(boundary, limit);
    if (this.#tick === boundary) this.#cascade();
  }

  /** At a boundary the coarser slot that begins now is dealt out to finer levels. */
  #cascade(): void {
    for (let level = 1; level < LEVELS; level += 1) {
      const width = SLOTS ** level;
      if (this.#tick % width !== 0) return;
      const slot = level * SLOTS + (Math.floor(this.#tick / width) % SLOTS);
      let entry = this.#heads[slot] ?? NONE;
      while (entry !== NONE) {
        const following = this.#next[entry] ?? NONE;
        this.#unlink(entry);
        this.#place(entry);
        entry = following;
      }
    }
  }

  #place(entry: number): void {
    const due = this.#dueTick[entry] ?? 0;
    let level = 0;
    let width = 1;
    // Coarsest level whose current slot differs from the due one: nearer levels could not hold it unambiguously.
    while (
      level < LEVELS - 1 &&
      Math.floor(due / (width * SLOTS)) !== Math.floor(this.#tick / (width * SLOTS))
    ) {
      level += 1;
      width *= SLOTS;
    }
    const slot = level * SLOTS + (Math.floor(due / width) % SLOTS);
    const head = this.#heads[slot] ?? NONE;
    this.#next[entry] = head;
    this.#previous[entry] = NONE;
    if (head !== NONE) this.#previous[head] = entry;
    this.#heads[slot] = entry;
    this.#slotOf[entry] = slot;
    this.#population[level] = (this.#population[level] ?? 0) + 1;
  }

  #unlink(entry: number): void {
    const slot = this.#slotOf[entry] ?? 0;
    const next = this.#next[entry] ?? NONE;
    const previous = this.#previous[entry] ?? NONE;
    if (previous === NONE) this.#heads[slot] = next;
    else this.#next[previous] = next;
    if (next !== NONE) this.#previous[next] = previous;
    const level = Math.floor(slot / SLOTS);
    this.#population[level] = (this.#population[level] ?? 0) - 1;
  }

  #allocate(): number {
    if (this.#free !== NONE) {
      const entry = this.#free;
      this.#free = this.#next[entry] ?? NONE;
      return entry;
    }
    if (this.#used === this.#capacity) this.#grow();
    this.#used += 1;
    return this.#used - 1;
  }

  #release(entry: number): void {
    this.#items[entry] = undefined;
    this.#next[entry] = this.#free;
    this.#free = entry;
    this.#size -= 1;
  }

  #grow(): void {
    this.#capacity *= 2;
    const enlarge = <A extends Int32Array | Float64Array>(old: A, fresh: A): A => {
      fresh.set(old);
      return fresh;
    };
    this.#next = enlarge(this.#next, new Int32Array(this.#capacity));
    this.#previous = enlarge(this.#previous, new Int32Array(this.#capacity));
    this.#slotOf = enlarge(this.#slotOf, new Int32Array(this.#capacity));
    this.#dueTick = enlarge(this.#dueTick, new Float64Array(this.#capacity));
  }
}

const NONE = -1;
const SLOTS = 64;
const LEVELS = 8;
