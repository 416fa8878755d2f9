import type { Ns } from '@tapeclock/domain';
import type { Bounds, Shape } from './shape.ts';
import { Watermarks } from './watermarks.ts';
import type { Aggregate, LateCounts, Occurrence, WindowOutput, WindowSettings } from './windows.ts';

interface Bucket<Value> extends Bounds {
  value: Value;
}

interface HeldWindow<Value> extends Bounds {
  /** What was last said of it; null while it is open. */
  given: { readonly value: Value; readonly revision: number } | null;
}

/**
 * Tumbling and sliding windows, one set for each key. Events are added up in buckets; a window is the merge of its buckets, so an event is
 * added once whatever the number of windows that hold it. Pure: the same calls give the same answers.
 */
export class BucketedWindows<Event, Value> {
  readonly counts: LateCounts = { dropped: 0, forgotten: 0, evicted: 0 };
  readonly #shape: Shape;
  readonly #settings: WindowSettings;
  readonly #aggregate: Aggregate<Event, Value>;
  readonly #watermarks: Watermarks;
  readonly #buckets = new Map<string, Map<Ns, Bucket<Value>>>();
  /** By end, then by key. */
  readonly #windows = new Map<Ns, Map<string, HeldWindow<Value>>>();
  /** Ends of the windows held, rising. */
  readonly #ends: Ns[] = [];
  #size = 0;
  /** Windows that end here or before have been closed. */
  #closedNs: Ns | null = null;
  /** Windows that end here or before are not held any more. */
  #goneNs: Ns | null = null;

  constructor(shape: Shape, settings: WindowSettings, aggregate: Aggregate<Event, Value>) {
    this.#shape = shape;
    this.#settings = settings;
    this.#aggregate = aggregate;
    this.#watermarks = new Watermarks(settings);
  }

  /** Windows held: open ones, and closed ones that late events may still change. */
  get size(): number {
    return this.#size;
  }

  add(event: Event, occurrence: Occurrence): readonly WindowOutput<Value>[] {
    const bounds = this.#shape.bucketOf(occurrence.atNs);
    const beforeNs = this.#watermarks.before(occurrence);
    this.#watermarks.see(occurrence);
    const outputs: WindowOutput<Value>[] = [];
    if (bounds !== null && this.#isTaken(bounds, beforeNs))
      this.#take(event, occurrence.key, bounds, outputs);
    this.#close(outputs);
    return outputs;
  }

  /** Time has passed without an event: windows of sources that fell silent may close. */
  turn(nowNs: Ns): readonly WindowOutput<Value>[] {
    this.#watermarks.turn(nowNs);
    const outputs: WindowOutput<Value>[] = [];
    this.#close(outputs);
    return outputs;
  }

  /** What the window that ends with the bucket of `atNs` holds up to now, whether it is closed or not. */
  at(key: string, atNs: Ns): Value {
    const bounds = this.#shape.bucketOf(atNs);
    return bounds === null ? this.#aggregate.empty : this.#merged(key, this.#windowOf(bounds));
  }

  #isTaken({ toNs }: Bounds, beforeNs: Ns): boolean {
    const { keepNs, late } = this.#settings;
    if (toNs + keepNs <= beforeNs || (this.#goneNs !== null && toNs <= this.#goneNs)) {
      this.counts.forgotten += 1;
      return false;
    }
    if (late === 'drop' && toNs <= beforeNs) {
      this.counts.dropped += 1;
      return false;
    }
    return true;
  }

  #take(event: Event, key: string, bounds: Bounds, outputs: WindowOutput<Value>[]): void {
    const buckets = this.#buckets.get(key) ?? new Map<Ns, Bucket<Value>>();
    this.#buckets.set(key, buckets);
    let bucket = buckets.get(bounds.fromNs);
    const isFresh = bucket === undefined;
    if (bucket === undefined) {
      bucket = { ...bounds, value: this.#aggregate.empty };
      buckets.set(bounds.fromNs, bucket);
    }
    bucket.value = this.#aggregate.add(bucket.value, event);
    // The windows of a bucket are made with it; later events need them only where a result has been given.
    const isOpen = this.#closedNs === null || bounds.toNs > this.#closedNs;
    if (!isFresh && isOpen) return;
    const widthNs = bounds.toNs - bounds.fromNs;
    for (let n = 0; n < this.#shape.bucketsPerWindow; n += 1) {
      const window = this.#window(key, this.#windowOf(bounds, BigInt(n) * widthNs), outputs);
      if (this.#closedNs !== null && window.toNs <= this.#closedNs) this.#give(key, window, outputs);
    }
  }

  #windowOf({ fromNs, toNs }: Bounds, laterNs: Ns = 0n): Bounds {
    const earlierNs = BigInt(this.#shape.bucketsPerWindow - 1) * (toNs - fromNs);
    return { fromNs: fromNs - earlierNs + laterNs, toNs: toNs + laterNs };
  }

  #window(key: string, bounds: Bounds, outputs: WindowOutput<Value>[]): HeldWindow<Value> {
    let sameEnd = this.#windows.get(bounds.toNs);
    if (sameEnd === undefined) {
      sameEnd = new Map();
      this.#windows.set(bounds.toNs, sameEnd);
      this.#ends.splice(this.#rank(bounds.toNs), 0, bounds.toNs);
    }
    let window = sameEnd.get(key);
    if (window === undefined) {
      window = { ...bounds, given: null };
      sameEnd.set(key, window);
      this.#size += 1;
      while (this.#size > this.#settings.windowsMax && this.#ends.length > 1) this.#evict(outputs);
    }
    return window;
  }

  /** Number of ends at or before this one. */
  #rank(endNs: Ns): number {
    let low = 0;
    let high = this.#ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ends[middle] ?? 0n) <= endNs) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #close(outputs: WindowOutput<Value>[]): void {
    const nowNs = this.#watermarks.nowNs();
    if (nowNs === null || (this.#closedNs !== null && nowNs <= this.#closedNs)) return;
    const first = this.#closedNs === null ? 0 : this.#rank(this.#closedNs);
    this.#closedNs = nowNs;
    const last = this.#rank(nowNs);
    for (let index = first; index < last; index += 1) this.#giveAll(this.#ends[index] ?? 0n, outputs);
    while ((this.#ends[0] ?? nowNs) + this.#settings.keepNs <= nowNs && this.#ends.length > 0)
      this.#forgetFirst();
  }

  #giveAll(endNs: Ns, outputs: WindowOutput<Value>[]): void {
    for (const [key, window] of this.#windows.get(endNs) ?? []) {
      if (window.given === null) this.#give(key, window, outputs);
    }
  }

  #give(key: string, window: HeldWindow<Value>, outputs: WindowOutput<Value>[]): void {
    const { fromNs, toNs, given } = window;
    if (given !== null && this.#settings.late === 'restate')
      outputs.push({ kind: 'retraction', key, fromNs, toNs, ...given });
    window.given = { value: this.#merged(key, window), revision: given === null ? 0 : given.revision + 1 };
    outputs.push({ kind: 'result', key, fromNs, toNs, ...window.given });
  }

  #merged(key: string, { fromNs, toNs }: Bounds): Value {
    const buckets = this.#buckets.get(key);
    if (buckets === undefined) return this.#aggregate.empty;
    if (this.#shape.bucketsPerWindow === 1) return buckets.get(fromNs)?.value ?? this.#aggregate.empty;
    const widthNs = (toNs - fromNs) / BigInt(this.#shape.bucketsPerWindow);
    let value = this.#aggregate.empty;
    for (let atNs = fromNs; atNs < toNs; atNs += widthNs) {
      const bucket = buckets.get(atNs);
      if (bucket !== undefined) value = this.#aggregate.merge(value, bucket.value);
    }
    return value;
  }

  #evict(outputs: WindowOutput<Value>[]): void {
    const endNs = this.#ends[0] ?? 0n;
    const sameEnd = this.#windows.get(endNs);
    for (const { given } of sameEnd?.values() ?? []) if (given === null) this.counts.evicted += 1;
    this.#giveAll(endNs, outputs);
    this.#forgetFirst();
  }

  /** With a window goes its oldest bucket: no later window holds that. */
  #forgetFirst(): void {
    const endNs = this.#ends.shift();
    if (endNs === undefined) return;
    for (const [key, { fromNs }] of this.#windows.get(endNs) ?? []) {
      this.#size -= 1;
      const buckets = this.#buckets.get(key);
      buckets?.delete(fromNs);
      if (buckets?.size === 0) this.#buckets.delete(key);
    }
    this.#windows.delete(endNs);
    if (this.#goneNs === null || endNs > this.#goneNs) this.#goneNs = endNs;
  }
}
