import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/** Counts what happened in the last few whole seconds, one bucket a second. */
export class RateWindow {
  readonly #buckets: number[];
  #second = 0n;

  constructor(seconds: number) {
    this.#buckets = new Array<number>(seconds).fill(0);
  }

  get windowNs(): Ns {
    return BigInt(this.#buckets.length) * NS_PER_SECOND;
  }

  add(nowNs: Ns): void {
    this.#roll(nowNs);
    const index = Number(this.#second % BigInt(this.#buckets.length));
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
  }

  count(nowNs: Ns): number {
    this.#roll(nowNs);
    return this.#buckets.reduce((sum, bucket) => sum + bucket, 0);
  }

  #roll(nowNs: Ns): void {
    const second = nowNs / NS_PER_SECOND;
    const size = BigInt(this.#buckets.length);
    // A clock that stepped back counts into the present bucket until it has caught up.
    for (let s = this.#second + 1n; s <= second && s <= this.#second + size; s += 1n) {
      this.#buckets[Number(s % size)] = 0;
    }
    if (second > this.#second) {
      // A long silence clears everything above, whatever the remainders were.
      if (second - this.#second > size) this.#buckets.fill(0);
      this.#second = second;
    }
  }
}
