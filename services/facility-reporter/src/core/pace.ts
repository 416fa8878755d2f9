import { NS_PER_SECOND, type Ns } from '@tapeclock/domain';

/**
 * At most `perSecond` over time, `burst` back to back (generic cell rate algorithm): one number of state, no timer
 * and no drift.
 */
export class Pace {
  readonly #intervalNs: Ns;
  readonly #toleranceNs: Ns;
  #nextNs: Ns | null = null;

  constructor(perSecond: number, burst: number) {
    this.#intervalNs = NS_PER_SECOND / BigInt(perSecond);
    this.#toleranceNs = this.#intervalNs * BigInt(burst - 1);
  }

  /** Takes one place, or returns false and takes none. */
  take(steadyNs: Ns): boolean {
    if (this.freeAtNs(steadyNs) > steadyNs) return false;
    const nextNs = this.#nextNs === null || this.#nextNs < steadyNs ? steadyNs : this.#nextNs;
    this.#nextNs = nextNs + this.#intervalNs;
    return true;
  }

  /** When a place is free; not after `steadyNs` when one is free now. */
  freeAtNs(steadyNs: Ns): Ns {
    return this.#nextNs === null ? steadyNs : this.#nextNs - this.#toleranceNs;
  }
}
