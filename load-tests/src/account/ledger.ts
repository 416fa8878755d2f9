/**
 * What became of one execution that was offered, as the sender knows it. `unsent`: the driver had no room left for it and
 * never sent it. `unknown`: no answer came, and none to any repetition.
 */
export const FATES = ['pending', 'taken', 'refused', 'unsent', 'unknown'] as const;
export type Fate = (typeof FATES)[number];

export type FateCounts = Readonly<Record<Fate, number>>;

const FIRST_ROOM = 4_096;

/** One fate for each execution offered, by number from 1; one byte each, so that a long run fits and can be handed over. */
export class Ledger {
  #fates: Uint8Array;
  #offered = 0;

  constructor(written: Uint8Array = new Uint8Array(0)) {
    this.#fates = written;
    this.#offered = written.length;
  }

  /** Enters one more execution as pending and returns its number. */
  offer(): number {
    if (this.#offered === this.#fates.length) {
      const larger = new Uint8Array(Math.max(FIRST_ROOM, this.#fates.length * 2));
      larger.set(this.#fates);
      this.#fates = larger;
    }
    this.#offered += 1;
    return this.#offered;
  }

  /** Each execution has one fate: a second one is a fault of the driver, and throws. */
  settle(number: number, fate: Exclude<Fate, 'pending'>): void {
    if (number < 1 || number > this.#offered) throw new RangeError(`execution ${number} was never offered`);
    if (this.fateOf(number) !== 'pending') throw new Error(`execution ${number} has a fate already`);
    this.#fates[number - 1] = FATES.indexOf(fate);
  }

  fateOf(number: number): Fate {
    return FATES[this.#fates[number - 1] ?? 0] ?? 'pending';
  }

  get offered(): number {
    return this.#offered;
  }

  /** Adds up to `offered`, whatever happened. */
  counts(): FateCounts {
    const counts = { pending: 0, taken: 0, refused: 0, unsent: 0, unknown: 0 };
    for (let number = 1; number <= this.#offered; number += 1) counts[this.fateOf(number)] += 1;
    return counts;
  }

  /** Bytes to hand over to another process; `new Ledger(bytes)` reads them. */
  written(): Uint8Array {
    return this.#fates.slice(0, this.#offered);
  }
}
