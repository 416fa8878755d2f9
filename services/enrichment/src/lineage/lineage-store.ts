import type { Ns } from '@tapeclock/domain';
import type { Lineage } from './lineage.ts';

/** Counts since the state was made; for metrics and tests. */
export interface EnrichmentCounts {
  reportable: number;
  repairs: number;
  duplicates: number;
  /** Lineages dropped to stay below the limit although still inside the horizon: each one is a blind spot. */
  evictedEarly: number;
}

export interface StoreLimits {
  readonly horizonNs: Ns;
  /** For lineages that ever were in repair. */
  readonly repairHorizonNs: Ns;
  readonly lineagesMax: number;
  /** Told with the count so far each time a lineage is forgotten inside the horizon. */
  readonly onEvictedEarly?: ((count: number) => void) | undefined;
}

/**
 * Lineages by id, oldest touch first. Bounded twice: by age (`horizonNs`) and by number (`lineagesMax`).
 * A repeat older than the horizon passes for new here; its report id is the same, so the reporter still drops it
 * as long as it remembers.
 */
export class LineageStore {
  readonly counts: EnrichmentCounts = { reportable: 0, repairs: 0, duplicates: 0, evictedEarly: 0 };
  readonly #lineages = new Map<string, Lineage>();
  readonly #limits: StoreLimits;

  constructor(limits: StoreLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#lineages.size;
  }

  get(lineageId: string): Lineage | undefined {
    return this.#lineages.get(lineageId);
  }

  /** The lineage, made where unknown, and moved to the young end. */
  touch(lineageId: string, nowNs: Ns): Lineage {
    const known = this.#lineages.get(lineageId);
    if (known !== undefined) {
      // Delete and set again is what keeps a Map in order of touch.
      this.#lineages.delete(lineageId);
      this.#lineages.set(lineageId, known);
      if (nowNs > known.touchedNs) known.touchedNs = nowNs;
      return known;
    }
    this.#makeRoom(nowNs);
    const made: Lineage = { touchedNs: nowNs, entries: [], told: null, trouble: null };
    this.#lineages.set(lineageId, made);
    return made;
  }

  /** At most two at a time: the work is spread over the arrivals instead of stopping one of them. */
  #makeRoom(nowNs: Ns): void {
    const { horizonNs, repairHorizonNs, lineagesMax } = this.#limits;
    let checked = 0;
    for (const [id, lineage] of this.#lineages) {
      const isOld = lineage.touchedNs < nowNs - horizonNs;
      const isFull = this.#lineages.size >= lineagesMax;
      if (!isOld && !isFull) return;
      this.#lineages.delete(id);
      if (lineage.trouble !== null && lineage.touchedNs >= nowNs - repairHorizonNs && !isFull) {
        // Back in at the young end: a person may still settle it.
        this.#lineages.set(id, lineage);
      } else if (!isOld) {
        this.counts.evictedEarly += 1;
        this.#limits.onEvictedEarly?.(this.counts.evictedEarly);
      }
      checked += 1;
      if (checked === 2) return;
    }
  }
}
