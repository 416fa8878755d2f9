import { easternWall, NS_PER_SECOND, type Ns, weekdayOf } from '@tapeclock/domain';
import { BucketedWindows, SessionWindows, sliding, type WindowSettings } from '@tapeclock/windows';
import type { Label, Observation } from './observation.ts';
import { matches, type Pattern } from './pattern.ts';
import { isMet, isOver, type Tally, tallies } from './tally.ts';

export interface PatternAlert {
  readonly pattern: Pattern;
  readonly subject: string;
  readonly state: 'RAISED' | 'CLEARED';
  readonly text: string;
}

const SETTINGS: WindowSettings = {
  late: 'drop',
  latenessNs: 5n * NS_PER_SECOND,
  idleNs: 2n * NS_PER_SECOND,
  keepNs: 0n,
  windowsMax: 20_000,
  sources: [],
};
/** An alert that stays raised is told again this often, so that whoever takes over finds it without reading a day. */
export const REPEAT_NS: Ns = 300n * NS_PER_SECOND;

/** Watches one pattern for all its subjects. Pure: told what happened and what time it is, it answers with alerts. */
export class PatternWatch {
  readonly pattern: Pattern;
  readonly #sliding: BucketedWindows<boolean, Tally> | null;
  readonly #sessions: SessionWindows<boolean, Tally> | null;
  /** When each subject was last heard of; for as long as it can matter. */
  readonly #heardNs = new Map<string, Ns>();
  /** Raised subjects, and when that was last said. */
  readonly #raisedNs = new Map<string, Ns>();
  readonly #touched = new Set<string>();
  readonly #silent = new Map<string, Tally>();

  constructor(pattern: Pattern) {
    const { window } = pattern;
    this.pattern = pattern;
    this.#sliding =
      window.kind === 'sliding'
        ? new BucketedWindows(sliding(window.sizeNs, window.everyNs), SETTINGS, tallies)
        : null;
    this.#sessions =
      window.kind === 'session' ? new SessionWindows(() => window.gapNs, SETTINGS, tallies) : null;
  }

  get subjects(): number {
    return this.#heardNs.size;
  }

  observe(observation: Observation): void {
    if (observation.fact !== this.pattern.fact) return;
    const subject = this.pattern.per.map((label) => observation.labels[label] ?? 'none').join('/');
    const { atNs, arrivedNs } = observation;
    // One source for each subject: a desk that is quiet makes no other desk's reports late.
    const occurrence = { source: subject, key: subject, atNs, arrivedNs };
    const isMatch = matches(this.pattern, observation);
    this.#sliding?.add(isMatch, occurrence);
    this.#noteSilences(this.#sessions?.add(isMatch, occurrence) ?? []);
    this.#silent.delete(subject);
    const heardNs = this.#heardNs.get(subject);
    if (heardNs === undefined || heardNs < atNs) this.#heardNs.set(subject, atNs);
    this.#touched.add(subject);
  }

  /** What an instance before this one said. */
  recall(subject: string, state: 'RAISED' | 'CLEARED', atNs: Ns): void {
    if (state === 'RAISED') this.#raisedNs.set(subject, atNs);
    else this.#raisedNs.delete(subject);
    // A feed that was silent is silent until it is heard again.
    if (this.#sessions !== null && state === 'RAISED')
      this.#silent.set(subject, { ...tallies.empty, total: 1 });
  }

  /** Raises and clears by what holds now. */
  judge(nowNs: Ns): readonly PatternAlert[] {
    this.#sliding?.turn(nowNs);
    this.#noteSilences(this.#sessions?.turn(nowNs) ?? []);
    const alerts: PatternAlert[] = [];
    for (const subject of new Set([...this.#touched, ...this.#silent.keys()])) {
      const tally = this.#tally(subject, nowNs);
      if (this.#raisedNs.has(subject) || !isMet(this.pattern.measure, tally) || !this.#isOpen(nowNs))
        continue;
      this.#raisedNs.set(subject, nowNs);
      alerts.push(this.#alert(subject, 'RAISED', tally));
    }
    this.#touched.clear();
    for (const [subject, saidNs] of this.#raisedNs) {
      const tally = this.#tally(subject, nowNs);
      if (isOver(this.pattern.measure, tally)) {
        this.#raisedNs.delete(subject);
        alerts.push(this.#alert(subject, 'CLEARED', tally));
      } else if (nowNs >= saidNs + REPEAT_NS) {
        this.#raisedNs.set(subject, nowNs);
        alerts.push(this.#alert(subject, 'RAISED', tally));
      }
    }
    this.#forget(nowNs);
    return alerts;
  }

  /** Whether time alone can still change anything. */
  get isWaiting(): boolean {
    return this.#raisedNs.size > 0 || (this.#sessions !== null && this.#sessions.size > 0);
  }

  #tally(subject: string, nowNs: Ns): Tally {
    const heardNs = this.#heardNs.get(subject) ?? nowNs;
    if (this.#sliding !== null) return this.#sliding.at(subject, heardNs > nowNs ? heardNs : nowNs);
    return this.#silent.get(subject) ?? tallies.empty;
  }

  #noteSilences(outputs: ReturnType<SessionWindows<boolean, Tally>['turn']>): void {
    for (const { kind, key, value } of outputs) {
      if (kind === 'result') this.#silent.set(key, value);
      else this.#silent.delete(key);
    }
  }

  #isOpen(nowNs: Ns): boolean {
    const { hours } = this.pattern;
    if (hours === null) return true;
    const { dayNumber, nsOfDay } = easternWall(nowNs);
    return weekdayOf(dayNumber) <= 5 && nsOfDay >= hours.fromNs && nsOfDay < hours.toNs;
  }

  #forget(nowNs: Ns): void {
    const { window } = this.pattern;
    const keptNs = window.kind === 'sliding' ? window.sizeNs : window.gapNs;
    for (const [subject, heardNs] of this.#heardNs) {
      if (heardNs + 2n * keptNs > nowNs) continue;
      this.#heardNs.delete(subject);
      if (!this.#raisedNs.has(subject)) this.#silent.delete(subject);
    }
  }

  #alert(subject: string, state: PatternAlert['state'], tally: Tally): PatternAlert {
    const { pattern } = this;
    const values = subject.split('/');
    const labels = Object.fromEntries(pattern.per.map((label: Label, index) => [label, values[index] ?? '']));
    const filled: Readonly<Record<string, string | number>> = { ...tally, ...labels };
    const text =
      state === 'RAISED'
        ? pattern.text.replace(/\{(\w+)\}/g, (_, name: string) => String(filled[name] ?? ''))
        : `no longer: ${pattern.sentence}`;
    return { pattern, subject, state, text };
  }
}
