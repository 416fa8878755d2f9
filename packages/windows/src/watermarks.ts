import type { Ns } from '@tapeclock/domain';
import type { Occurrence, WindowSettings } from './windows.ts';

/**
 * How far event time has come: up to the watermark everything has been told, but for what comes late. Each source has its own, behind
 * its latest event by `latenessNs`; the watermark of all is the least of them. A source that says nothing holds it up for `idleNs` and no longer.
 *
 * Whether an event is late is asked of its own source alone. So the answer is the same however the sources interleave.
 */
export class Watermarks {
  readonly #latenessNs: Ns;
  readonly #idleNs: Ns;
  readonly #keepNs: Ns;
  readonly #declared: ReadonlySet<string>;
  /** Latest event time by source; null for one that has not spoken. */
  readonly #latestNs = new Map<string, Ns | null>();
  #arrivedNs: Ns | null = null;

  constructor({
    latenessNs,
    idleNs,
    keepNs,
    sources,
  }: Pick<WindowSettings, 'latenessNs' | 'idleNs' | 'keepNs' | 'sources'>) {
    this.#latenessNs = latenessNs;
    this.#idleNs = idleNs;
    this.#keepNs = keepNs;
    this.#declared = new Set(sources);
    for (const source of sources) this.#latestNs.set(source, null);
  }

  get sources(): number {
    return this.#latestNs.size;
  }

  /** The event's own source stood here before it. */
  before({ source, arrivedNs }: Occurrence): Ns {
    const latestNs = this.#latestNs.get(source) ?? null;
    const idleNs = arrivedNs - this.#idleNs;
    return latestNs === null || latestNs - this.#latenessNs < idleNs ? idleNs : latestNs - this.#latenessNs;
  }

  see({ source, atNs, arrivedNs }: Occurrence): void {
    const latestNs = this.#latestNs.get(source) ?? null;
    if (latestNs === null || atNs > latestNs) this.#latestNs.set(source, atNs);
    this.turn(arrivedNs);
  }

  /** The clock of arrival alone: what makes a silent source idle. */
  turn(nowNs: Ns): void {
    if (this.#arrivedNs === null || nowNs > this.#arrivedNs) this.#arrivedNs = nowNs;
  }

  /** Null before the first event and the first turn. */
  nowNs(): Ns | null {
    if (this.#arrivedNs === null) return null;
    const idleNs = this.#arrivedNs - this.#idleNs;
    let leastNs: Ns | null = null;
    for (const [source, latestNs] of this.#latestNs) {
      const told = latestNs === null ? idleNs : latestNs - this.#latenessNs;
      const ownNs = told < idleNs ? idleNs : told;
      if (leastNs === null || ownNs < leastNs) leastNs = ownNs;
      // Idle for so long that nothing of it is held any more: it counts as one that was never heard of.
      if (told + this.#keepNs < idleNs && !this.#declared.has(source)) this.#latestNs.delete(source);
    }
    // Nobody is expected to say anything: time goes on all the same.
    return leastNs ?? idleNs;
  }
}
