import type { FileStore } from '@tapeclock/ports';

export const CAT_JOURNAL_FILE = 'cat-journal.jsonl';

/** A file came, whole. `again`: the name was used before, which CAT forbids for ever. */
export interface FileEntry {
  readonly kind: 'FILE';
  readonly at: string;
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly again: boolean;
}

/** What became of a file as a whole. */
export interface IntegrityEntry {
  readonly kind: 'INTEGRITY';
  readonly at: string;
  readonly name: string;
  /** Empty: it was taken. */
  readonly codes: readonly number[];
  readonly recordCount: number;
  /** `NONE` where no metadata file had come. */
  readonly metadata: 'NONE' | 'MATCH' | 'COUNT_DIFFERS' | 'HASH_DIFFERS' | 'UNREADABLE';
}

/** What became of one record. `seenBefore` tells the judge of a first report under an id that was taken already. */
export interface RecordEntry {
  readonly kind: 'RECORD';
  readonly at: string;
  readonly file: string;
  readonly line: number;
  readonly firmROEID: string;
  readonly actionType: string;
  readonly tapeTradeID: string;
  readonly marketCenterID: string;
  readonly outcome: 'TAKEN' | 'REJECTED' | 'UNLINKED';
  readonly codes: readonly number[];
  readonly errorROEID: string | null;
  readonly seenBefore: boolean;
  readonly text: string;
}

export type CatJournalEntry = FileEntry | IntegrityEntry | RecordEntry;

/** The CAT side's durable memory. Appends are durable when they resolve, and keep their order. */
export class CatJournal {
  readonly #files: FileStore;
  #last: Promise<void> = Promise.resolve();

  constructor(files: FileStore) {
    this.#files = files;
  }

  /** Every whole line; a torn last one was never answered and is dropped. */
  async read(): Promise<readonly CatJournalEntry[]> {
    const bytes = await this.#files.read(CAT_JOURNAL_FILE);
    if (bytes === null) return [];
    const lines = new TextDecoder().decode(bytes).split('\n');
    const torn = lines.pop();
    // The next append must not continue a torn line.
    if (torn !== '') await this.#files.append(CAT_JOURNAL_FILE, new TextEncoder().encode('\n'));
    return lines.flatMap((line) => {
      try {
        return line === '' ? [] : [JSON.parse(line) as CatJournalEntry];
      } catch {
        return [];
      }
    });
  }

  append(entries: readonly CatJournalEntry[]): Promise<void> {
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    this.#last = this.#last.then(() => this.#files.append(CAT_JOURNAL_FILE, new TextEncoder().encode(text)));
    return this.#last;
  }
}
