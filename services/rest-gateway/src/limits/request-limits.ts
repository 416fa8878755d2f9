import type { Clock } from '@tapeclock/ports';
import type { ApiKey } from '../auth/api-keys.ts';
import type { RestLimits } from '../config.ts';
import { ProblemError } from '../problems.ts';
import { TokenBucket } from './token-bucket.ts';

const BURST_SECONDS = 4;

/** Rate per key and concurrency over all; both answer at once with when to come back, so that queues stay short. */
export class RequestLimits {
  readonly #limits: RestLimits;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();
  #inHand = 0;

  constructor(limits: RestLimits, clock: Clock) {
    this.#limits = limits;
    this.#clock = clock;
  }

  get inHand(): number {
    return this.#inHand;
  }

  /** Runs the work unless too much is in hand already. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inHand >= this.#limits.requestsMax)
      throw new ProblemError('OVERLOADED', { retryAfterSeconds: 1 });
    this.#inHand += 1;
    try {
      return await work();
    } finally {
      this.#inHand -= 1;
    }
  }

  spend(client: ApiKey, records: number): void {
    const { recordsPerSecond } = this.#limits;
    const nowNs = this.#clock.monotonicNs();
    let bucket = this.#buckets.get(client.name);
    if (bucket === undefined) {
      bucket = new TokenBucket(recordsPerSecond, recordsPerSecond * BURST_SECONDS, nowNs);
      this.#buckets.set(client.name, bucket);
    }
    const retryAfterSeconds = bucket.take(records, nowNs);
    if (retryAfterSeconds > 0) throw new ProblemError('RATE_LIMITED', { retryAfterSeconds });
  }
}
