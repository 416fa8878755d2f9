import type { Clock, Timer } from '@tapeclock/ports';

/**
 * Answers on their way out, each with the latency it was dealt. They leave in the order in which they were put in: a
 * session's numbers must not overtake each other, whatever the timers of the host do.
 */
export class Outbox {
  readonly #clock: Clock;
  readonly #write: (bytes: Uint8Array) => void;
  readonly #waiting: { readonly bytes: Uint8Array; readonly atNs: bigint }[] = [];
  #timer: Timer | null = null;

  constructor(clock: Clock, write: (bytes: Uint8Array) => void) {
    this.#clock = clock;
    this.#write = write;
  }

  put(bytes: Uint8Array, latencyNs: bigint): void {
    this.#waiting.push({ bytes, atNs: this.#clock.monotonicNs() + latencyNs });
    if (this.#timer === null) this.#arm();
  }

  close(): void {
    this.#timer?.cancel();
    this.#waiting.length = 0;
  }

  #arm(): void {
    const [first] = this.#waiting;
    if (first === undefined) return;
    this.#timer = this.#clock.after(first.atNs - this.#clock.monotonicNs(), () => {
      this.#timer = null;
      this.#flush();
    });
  }

  #flush(): void {
    const nowNs = this.#clock.monotonicNs();
    let due = 0;
    for (const { atNs } of this.#waiting) {
      if (atNs > nowNs) break;
      due += 1;
    }
    for (const { bytes } of this.#waiting.splice(0, due)) this.#write(bytes);
    this.#arm();
  }
}
