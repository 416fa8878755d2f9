import type { SentLookup } from '../session/index.ts';
import type { SentMessage } from './session-store.ts';

export interface SentLimits {
  /** @default 10000 */
  readonly messagesMax?: number;
  /** @default 16 MiB */
  readonly bytesMax?: number;
}

/** The newest application messages sent, by number; older ones are forgotten and gap-filled when asked for. */
export class SentMessages implements SentLookup {
  readonly #bySeq = new Map<number, Uint8Array>();
  readonly #messagesMax: number;
  readonly #bytesMax: number;
  #bytes = 0;
  #firstSeq = 1;

  constructor(limits: SentLimits = {}) {
    this.#messagesMax = limits.messagesMax ?? 10_000;
    this.#bytesMax = limits.bytesMax ?? 16 * 1024 * 1024;
  }

  get firstSeq(): number {
    return this.#firstSeq;
  }

  get(seq: number): Uint8Array | undefined {
    return this.#bySeq.get(seq);
  }

  /** `seq` must be above every number added since the last `clear`. */
  add(seq: number, bytes: Uint8Array): void {
    this.#bySeq.set(seq, bytes);
    this.#bytes += bytes.length;
    // A Map iterates in the order of insertion, which is the order of the numbers.
    for (const [oldest, old] of this.#bySeq) {
      if (this.#bySeq.size <= this.#messagesMax && this.#bytes <= this.#bytesMax) break;
      this.#bySeq.delete(oldest);
      this.#bytes -= old.length;
      this.#firstSeq = oldest + 1;
    }
  }

  clear(): void {
    this.#bySeq.clear();
    this.#bytes = 0;
    this.#firstSeq = 1;
  }

  list(): readonly SentMessage[] {
    return Array.from(this.#bySeq, ([seq, bytes]) => ({ seq, bytes }));
  }
}
