/** Binary min-heap over one ordering key; ties keep the order of insertion, so that a run can be repeated. */
export class Heap<Item> {
  readonly #keys: bigint[] = [];
  readonly #ticks: number[] = [];
  readonly #items: Item[] = [];
  #tick = 0;

  get size(): number {
    return this.#items.length;
  }

  /** The smallest key, or null when empty. */
  get firstKey(): bigint | null {
    return this.#keys[0] ?? null;
  }

  get first(): Item | null {
    return this.#items[0] ?? null;
  }

  push(key: bigint, item: Item): void {
    let at = this.#items.length;
    this.#keys.push(key);
    this.#ticks.push(this.#tick++);
    this.#items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(at, parent)) break;
      this.#swap(at, parent);
      at = parent;
    }
  }

  pop(): Item | null {
    const last = this.#items.length - 1;
    if (last < 0) return null;
    this.#swap(0, last);
    const item = this.#items.pop() ?? null;
    this.#keys.pop();
    this.#ticks.pop();
    for (let at = 0; ; ) {
      const left = 2 * at + 1;
      if (left >= last) return item;
      const least = left + 1 < last && this.#before(left + 1, left) ? left + 1 : left;
      if (!this.#before(least, at)) return item;
      this.#swap(least, at);
      at = least;
    }
  }

  #before(a: number, b: number): boolean {
    const keyA = this.#keys[a] as bigint;
    const keyB = this.#keys[b] as bigint;
    return keyA < keyB || (keyA === keyB && (this.#ticks[a] as number) < (this.#ticks[b] as number));
  }

  #swap(a: number, b: number): void {
    swap(this.#keys, a, b);
    swap(this.#ticks, a, b);
    swap(this.#items, a, b);
  }
}

function swap<Value>(values: Value[], a: number, b: number): void {
  const kept = values[a] as Value;
  values[a] = values[b] as Value;
  values[b] = kept;
}
