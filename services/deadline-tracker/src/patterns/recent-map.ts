/**
 * Holds at least the latest `entriesMax` entries set, and at most twice as many: when the young half is full the old half goes. No
 * order is kept for each entry, so an entry costs what it costs in a `Map`.
 */
export class RecentMap<Value> {
  readonly #entriesMax: number;
  #young = new Map<string, Value>();
  #old = new Map<string, Value>();

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#young.size + this.#old.size;
  }

  get(key: string): Value | undefined {
    return this.#young.get(key) ?? this.#old.get(key);
  }

  set(key: string, value: Value): void {
    if (this.#young.size >= this.#entriesMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, value);
  }

  take(key: string): Value | undefined {
    const value = this.get(key);
    this.#young.delete(key);
    this.#old.delete(key);
    return value;
  }
}
