import type { FileStore } from '@tapeclock/ports';
import type { JournalEntry } from './journal-entry.ts';

export const JOURNAL_FILE = 'facility-journal.jsonl';

/** The facility's durable memory: appended in order, in groups, and read back whole at the start. */
export class Journal {
  readonly #files: FileStore;
  #waiting: { readonly entries: readonly JournalEntry[]; readonly durable: () => void }[] = [];
  #writing = false;

  constructor(files: FileStore) {
    this.#files = files;
  }

  /** Every whole line; a torn last one was never acted upon and is dropped. */
  async read(): Promise<JournalEntry[]> {
    const bytes = await this.#files.read(JOURNAL_FILE);
    if (bytes === null) return [];
    const lines = Buffer.from(bytes).toString('utf8').split('\n');
    const torn = lines.pop();
    // The next append must not continue a torn line.
    if (torn !== '') await this.#files.append(JOURNAL_FILE, Buffer.from('\n'));
    return lines.flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as JournalEntry];
      } catch {
        return [];
      }
    });
  }

  /** Calls `durable` when the entries are on disk, in the order of the calls. */
  append(entries: readonly JournalEntry[], durable: () => void): void {
    this.#waiting.push({ entries, durable });
    if (!this.#writing) void this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting;
      this.#waiting = [];
      const lines = group.flatMap(({ entries }) => entries.map((entry) => `${JSON.stringify(entry)}\n`));
      await this.#files.append(JOURNAL_FILE, Buffer.from(lines.join('')));
      for (const { durable } of group) durable();
    }
    this.#writing = false;
  }
}
