import type { Ns } from '@tapeclock/domain';

interface Version<Row> {
  readonly effectiveNs: Ns;
  /** null: deleted from here on. */
  readonly row: Row | null;
}

/** Rows by key, each with the instants from which its versions hold, so that an old trade meets the old row. */
export class VersionedTable<Row> {
  readonly #versions = new Map<string, Version<Row>[]>();

  get keys(): Iterable<string> {
    return this.#versions.keys();
  }

  /** The row in force at `atNs`, or null. */
  at(key: string, atNs: Ns): Row | null {
    const versions = this.#versions.get(key);
    if (versions === undefined) return null;
    for (let i = versions.length - 1; i >= 0; i -= 1) {
      const version = versions[i];
      if (version !== undefined && version.effectiveNs <= atNs) return version.row;
    }
    return null;
  }

  /** Sets the row from `effectiveNs` on. Of two for the same instant the later told one holds. */
  set(key: string, effectiveNs: Ns, row: Row | null): void {
    const versions = this.#versions.get(key);
    if (versions === undefined) {
      this.#versions.set(key, [{ effectiveNs, row }]);
      return;
    }
    const after = versions.findIndex((version) => version.effectiveNs > effectiveNs);
    versions.splice(after === -1 ? versions.length : after, 0, { effectiveNs, row });
  }
}
