import type { Ns } from '@tapeclock/domain';
import type { Timer } from '../clock.ts';

interface Entry {
  readonly atNs: Ns;
  readonly serial: number;
  readonly run: () => void;
  cancelled: boolean;
}

/** A binary heap of timers: earliest first, and among equals the one scheduled first. */
export class TimerQueue {
  readonly #heap: Entry[] = [];
  #serial = 0;

  add(atNs: Ns, run: () => void): Timer {
    this.#serial += 1;
    const entry: Entry = { atNs, serial: this.#serial, run, cancelled: false };
    this.#heap.push(entry);
    this.#siftUp(this.#heap.length - 1);
    return {
      cancel() {
        entry.cancelled = true;
      },
    };
  }

  nextNs(): Ns | null {
    this.#dropCancelled();
    return this.#heap[0]?.atNs ?? null;
  }

  /** Removes and returns the first timer due at or before `untilNs`. */
  takeDue(untilNs: Ns): { readonly atNs: Ns; readonly run: () => void } | null {
    this.#dropCancelled();
    const first = this.#heap[0];
    if (first === undefined || first.atNs > untilNs) return null;
    this.#removeFirst();
    return first;
  }

  #dropCancelled(): void {
    while (this.#heap[0]?.cancelled === true) this.#removeFirst();
  }

  #removeFirst(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#siftDown();
  }

  #siftUp(start: number): void {
    let index = start;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) return;
      index = parent;
    }
  }

  #siftDown(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      if (left >= this.#heap.length) return;
      const child = right < this.#heap.length && this.#isEarlier(right, left) ? right : left;
      if (!this.#swapIfEarlier(child, index)) return;
      index = child;
    }
  }

  #isEarlier(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return false;
    return first.atNs === second.atNs ? first.serial < second.serial : first.atNs < second.atNs;
  }

  #swapIfEarlier(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined || !this.#isEarlier(a, b)) return false;
    this.#heap[a] = second;
    this.#heap[b] = first;
    return true;
  }
}
