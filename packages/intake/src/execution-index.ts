/**
 * What gateways remember of the executions they have taken: by source and source's execution id, the content
 * and the lineage. It answers two questions at the edge: is this a repeat, and which lineage does a cancel or
 * correction belong to. Enrichment asks the first again with a longer memory; this one may forget.
 *
 * Memory is bounded by two generations: when the young one is full it becomes the old one, and the old one goes.
 */
export interface IndexEntry {
  readonly contentHash: string;
  readonly lineageId: string;
}

export class ExecutionIndex {
  readonly #generationMax: number;
  #young = new Map<string, IndexEntry>();
  #old = new Map<string, IndexEntry>();

  /** Remembers at least the last `entriesMin` executions and at most twice as many. */
  constructor(entriesMin: number) {
    this.#generationMax = entriesMin;
  }

  get(source: string, sourceExecutionId: string): IndexEntry | undefined {
    const key = indexKey(source, sourceExecutionId);
    return this.#young.get(key) ?? this.#old.get(key);
  }

  /** Keeps the first content seen under an id: a later one with other content is the conflict, not the truth. */
  add(key: string, entry: IndexEntry): void {
    if (this.#young.has(key) || this.#old.has(key)) return;
    if (this.#young.size >= this.#generationMax) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(key, entry);
  }

  /** Takes back what could not be made durable. */
  remove(key: string): void {
    this.#young.delete(key);
    this.#old.delete(key);
  }
}

/** Unit separator: no id may contain it, the gateways refuse control characters in ids. */
export function indexKey(source: string, sourceExecutionId: string): string {
  return `${source}\u001f${sourceExecutionId}`;
}
