import type { Ns } from '@tapeclock/domain';
import { Heap } from './heap.ts';

/**
 * Nearest deadline first among those that can still make it; then the late ones, oldest first. A late report must
 * still go "as soon as practicable", but never at the price of one that can be in time: after an outage, first in
 * first out would make everything late.
 */
export class DeadlineQueue<Item> {
  readonly #inTime = new Heap<Item>();
  readonly #late = new Heap<Item>();

  get size(): number {
    return this.#inTime.size + this.#late.size;
  }

  push(dueAtNs: Ns, item: Item): void {
    this.#inTime.push(dueAtNs, item);
  }

  /** The next to go at `nowNs` when the way to the facility takes `transitNs`; null when empty. */
  pop(nowNs: Ns, transitNs: Ns): Item | null {
    for (;;) {
      const dueAtNs = this.#inTime.firstKey;
      if (dueAtNs === null || dueAtNs >= nowNs + transitNs) break;
      this.#late.push(dueAtNs, this.#inTime.pop() as Item);
    }
    return this.#inTime.pop() ?? this.#late.pop();
  }
}
