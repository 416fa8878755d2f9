import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/** Lets `perSecond` units through, with a burst of `capacity`. Counts in billionths so that nothing is rounded away. */
export class TokenBucket {
  readonly #perSecond: bigint;
  readonly #capacity: bigint;
  #tokens: bigint;
  #lastNs: Ns;

  constructor(perSecond: number, capacity: number, nowNs: Ns) {
    this.#perSecond = BigInt(perSecond);
    this.#capacity = BigInt(capacity) * NS_PER_SECOND;
    this.#tokens = this.#capacity;
    this.#lastNs = nowNs;
  }

  /** Takes `units` and returns 0, or takes nothing and returns after how many seconds to come back. */
  take(units: number, nowNs: Ns): number {
    if (nowNs > this.#lastNs) {
      const refilled = this.#tokens + (nowNs - this.#lastNs) * this.#perSecond;
      this.#tokens = refilled > this.#capacity ? this.#capacity : refilled;
      this.#lastNs = nowNs;
    }
    const wanted = BigInt(units) * NS_PER_SECOND;
    // More than the bucket holds is let through when it is full, and paid for afterwards.
    const needed = wanted > this.#capacity ? this.#capacity : wanted;
    if (this.#tokens >= needed) {
      this.#tokens -= wanted;
      return 0;
    }
    const waitNs = (needed - this.#tokens + this.#perSecond - 1n) / this.#perSecond;
    return Number((waitNs + NS_PER_SECOND - 1n) / NS_PER_SECOND);
  }
}
