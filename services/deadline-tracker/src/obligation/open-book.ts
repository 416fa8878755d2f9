import type { Ns } from '@tapeclock/domain';
import { TimingWheel } from '../wheel/timing-wheel.ts';
import type { Obligation } from './obligation.ts';

/** Open obligations of one partition, the instants at which each wants attention, and what is already settled. */
export class OpenBook {
  readonly open = new Map<string, Obligation>();
  /** Executions that wait in the repair queue, by repair item: closing the item names only itself for certain. */
  readonly repairs = new Map<string, string>();
  readonly #warnAtPercent: readonly number[];
  #wheel = new TimingWheel<Obligation>();
  /** Latest wall clock that the wheel has been turned to. */
  #turnedNs: Ns = 0n;
  /** Settled executions, in two generations, so that an outcome read before its trade still counts. */
  #settledYoung = new Set<string>();
  #settledOld = new Set<string>();

  constructor(warnAtPercent: readonly number[]) {
    this.#warnAtPercent = warnAtPercent;
  }

  add(obligation: Obligation): void {
    if (this.open.has(obligation.executionId) || this.isSettled(obligation.executionId)) return;
    this.open.set(obligation.executionId, obligation);
    this.arm(obligation);
  }

  /** Takes the obligation out for good; null when it was not open. */
  settle(executionId: string): Obligation | null {
    const obligation = this.open.get(executionId) ?? null;
    if (obligation !== null) {
      this.open.delete(executionId);
      if (obligation.timer !== null) this.#wheel.cancel(obligation.timer);
      obligation.timer = null;
    }
    if (this.#settledYoung.size >= SETTLED_GENERATION_MAX) {
      this.#settledOld = this.#settledYoung;
      this.#settledYoung = new Set();
    }
    this.#settledYoung.add(executionId);
    return obligation;
  }

  isSettled(executionId: string): boolean {
    return this.#settledYoung.has(executionId) || this.#settledOld.has(executionId);
  }

  /** (Re)sets the obligation's timer to its next warning or its breach. */
  arm(obligation: Obligation): void {
    if (obligation.timer !== null) this.#wheel.cancel(obligation.timer);
    const atNs = this.#attentionNs(obligation);
    obligation.timer = atNs === null ? null : this.#wheel.schedule(atNs, obligation);
  }

  /** Notes that the warning at `percent` has been given, here or by the instance that ran before. */
  skipWarnings(obligation: Obligation, percent: number): void {
    while ((this.#warnAtPercent[obligation.nextWarning] ?? Number.POSITIVE_INFINITY) <= percent) {
      obligation.nextWarning += 1;
    }
    this.arm(obligation);
  }

  /**
   * Says what the wall clock reads now. A wheel turns one way only: after the clock was stepped back it would hold whatever is
   * due before the old time until that time comes again, without a warning. So it is laid out anew.
   */
  noticeClock(nowNs: Ns): void {
    if (nowNs >= this.#turnedNs) return;
    this.#turnedNs = nowNs;
    this.#wheel = new TimingWheel();
    for (const obligation of this.open.values()) {
      obligation.timer = null;
      this.arm(obligation);
    }
  }

  /** Calls `visit` for each obligation whose time has come. The visitor arms it again where there is more to come. */
  due(nowNs: Ns, visit: (obligation: Obligation) => void): void {
    if (nowNs > this.#turnedNs) this.#turnedNs = nowNs;
    this.#wheel.advance(nowNs, (obligation) => {
      obligation.timer = null;
      visit(obligation);
    });
  }

  nextNs(): Ns | null {
    return this.#wheel.nextNs();
  }

  #attentionNs(obligation: Obligation): Ns | null {
    if (obligation.breached) return null;
    const percent = this.#warnAtPercent[obligation.nextWarning];
    // The due instant itself is still in time: the breach is what comes after it.
    if (percent === undefined) return obligation.dueAtNs + 1n;
    return warningNs(obligation, percent);
  }
}

/** The instant at which `percent` of the window is used up. */
export function warningNs(obligation: Obligation, percent: number): Ns {
  return obligation.startNs + ((obligation.dueAtNs - obligation.startNs) * BigInt(percent)) / 100n;
}

const SETTLED_GENERATION_MAX = 200_000;
