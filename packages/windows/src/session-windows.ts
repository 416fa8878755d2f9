import type { Ns } from '@tapeclock/domain';
import { Watermarks } from './watermarks.ts';
import type { Aggregate, LateCounts, Occurrence, WindowOutput, WindowSettings } from './windows.ts';

interface Session<Value> {
  readonly fromNs: Ns;
  /** One gap after its last event. */
  readonly toNs: Ns;
  readonly value: Value;
  given: { readonly value: Value; readonly revision: number } | null;
}

/**
 * Windows that last as long as events of one key follow each other within a gap. A late event may join two that were closed: then both
 * are taken back, whatever the policy, for they never were.
 */
export class SessionWindows<Event, Value> {
  readonly counts: LateCounts = { dropped: 0, forgotten: 0, evicted: 0 };
  readonly #gapOf: (key: string) => Ns;
  readonly #settings: WindowSettings;
  readonly #aggregate: Aggregate<Event, Value>;
  readonly #watermarks: Watermarks;
  /** In order of time. */
  readonly #sessions = new Map<string, readonly Session<Value>[]>();
  #size = 0;
  #closedNs: Ns | null = null;

  /** `gapOf` must always give the same answer for one key. */
  constructor(gapOf: (key: string) => Ns, settings: WindowSettings, aggregate: Aggregate<Event, Value>) {
    this.#gapOf = gapOf;
    this.#settings = settings;
    this.#aggregate = aggregate;
    this.#watermarks = new Watermarks(settings);
  }

  get size(): number {
    return this.#size;
  }

  add(event: Event, occurrence: Occurrence): readonly WindowOutput<Value>[] {
    const beforeNs = this.#watermarks.before(occurrence);
    this.#watermarks.see(occurrence);
    const outputs: WindowOutput<Value>[] = [];
    const aloneToNs = occurrence.atNs + this.#gapOf(occurrence.key);
    if (aloneToNs + this.#settings.keepNs <= beforeNs) this.counts.forgotten += 1;
    else if (this.#settings.late === 'drop' && aloneToNs <= beforeNs) this.counts.dropped += 1;
    else this.#take(event, occurrence, outputs);
    this.#close(outputs);
    return outputs;
  }

  turn(nowNs: Ns): readonly WindowOutput<Value>[] {
    this.#watermarks.turn(nowNs);
    const outputs: WindowOutput<Value>[] = [];
    this.#close(outputs);
    return outputs;
  }

  #take(event: Event, { key, atNs }: Occurrence, outputs: WindowOutput<Value>[]): void {
    const sessions = this.#sessions.get(key) ?? [];
    const aloneToNs = atNs + this.#gapOf(key);
    const touches = ({ fromNs, toNs }: Session<Value>) => fromNs < aloneToNs && atNs < toNs;
    const joined = sessions.filter(touches);
    const first = joined[0];
    const last = joined.at(-1);
    const fromNs = first !== undefined && first.fromNs < atNs ? first.fromNs : atNs;
    const toNs = last !== undefined && last.toNs > aloneToNs ? last.toNs : aloneToNs;
    const before = joined.reduce<Value>(
      (value, session) => this.#aggregate.merge(value, session.value),
      this.#aggregate.empty,
    );
    const same = joined.length === 1 && first?.fromNs === fromNs && first.toNs === toNs ? first : null;
    for (const session of joined) {
      if (session !== same && session.given !== null)
        outputs.push({
          kind: 'retraction',
          key,
          fromNs: session.fromNs,
          toNs: session.toNs,
          ...session.given,
        });
    }
    const session = { fromNs, toNs, value: this.#aggregate.add(before, event), given: same?.given ?? null };
    const rest = sessions.filter((other) => !touches(other));
    const place = rest.filter((other) => other.fromNs < fromNs).length;
    this.#sessions.set(key, rest.toSpliced(place, 0, session));
    this.#size += 1 - joined.length;
    if (this.#closedNs !== null && toNs <= this.#closedNs) this.#give(key, session, outputs);
    while (this.#size > this.#settings.windowsMax && this.#evict(outputs));
  }

  #close(outputs: WindowOutput<Value>[]): void {
    const nowNs = this.#watermarks.nowNs();
    if (nowNs === null || (this.#closedNs !== null && nowNs <= this.#closedNs)) return;
    this.#closedNs = nowNs;
    for (const [key, sessions] of this.#sessions) {
      for (const session of sessions) {
        if (session.toNs <= nowNs && session.given === null) this.#give(key, session, outputs);
      }
      // One gap longer than its own time: an event as old as may still come could touch it.
      const keptNs = this.#settings.keepNs + this.#gapOf(key);
      const oldest = sessions[0];
      if (oldest !== undefined && oldest.toNs + keptNs <= nowNs)
        this.#hold(
          key,
          sessions.filter(({ toNs }) => toNs + keptNs > nowNs),
        );
    }
  }

  #hold(key: string, sessions: readonly Session<Value>[]): void {
    this.#size += sessions.length - (this.#sessions.get(key)?.length ?? 0);
    if (sessions.length === 0) this.#sessions.delete(key);
    else this.#sessions.set(key, sessions);
  }

  #give(key: string, session: Session<Value>, outputs: WindowOutput<Value>[]): void {
    const { fromNs, toNs, given, value } = session;
    if (given !== null && this.#settings.late === 'restate')
      outputs.push({ kind: 'retraction', key, fromNs, toNs, ...given });
    session.given = { value, revision: given === null ? 0 : given.revision + 1 };
    outputs.push({ kind: 'result', key, fromNs, toNs, ...session.given });
  }

  /** Gives up the session that ended first. */
  #evict(outputs: WindowOutput<Value>[]): boolean {
    let oldest: { readonly key: string; readonly session: Session<Value> } | null = null;
    for (const [key, [session]] of this.#sessions) {
      if (session !== undefined && (oldest === null || session.toNs < oldest.session.toNs))
        oldest = { key, session };
    }
    if (oldest === null) return false;
    const { key, session } = oldest;
    if (session.given === null) {
      this.counts.evicted += 1;
      this.#give(key, session, outputs);
    }
    this.#hold(
      key,
      (this.#sessions.get(key) ?? []).filter((other) => other !== session),
    );
    return true;
  }
}
