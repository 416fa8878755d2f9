/** Collects what is wrong with a rulebook's files and finds the line and column of each. */
import type { Entry } from './entry.ts';
import { type JsonPlaces, jsonPlaces, textPlace } from './json-places.ts';
import type { RulebookFault } from './rulebook-error.ts';

export type RulebookFiles = Readonly<Record<string, string>>;

interface Complaint {
  readonly value?: string;
  readonly message: string;
  readonly action: string;
}

export class FaultList {
  readonly faults: RulebookFault[] = [];
  readonly #files: RulebookFiles;
  readonly #places = new Map<string, JsonPlaces>();
  readonly #entryPaths = new WeakMap<Entry, string>();
  readonly #ids = new Map<string, string>();

  constructor(files: RulebookFiles) {
    this.#files = files;
  }

  get found(): boolean {
    return this.faults.length > 0;
  }

  /** The document in a file; `{}`, with a fault, where there is none or a key stands twice. */
  document(file: string): unknown {
    const text = this.#files[file];
    if (text === undefined) {
      this.at(file, '', { message: 'the file is missing', action: 'Add it.' });
      return {};
    }
    const { brokenAt, repeated } = this.#placesOf(file);
    for (const { path, offset } of repeated) {
      this.#push(file, path, offset, { message: 'the key stands twice', action: 'Remove one of the two.' });
    }
    if (brokenAt === null) return JSON.parse(text);
    const message =
      brokenAt >= text.trimEnd().length
        ? 'not JSON: the text ends too early'
        : 'not JSON from this character on';
    const action = 'Correct the syntax there: a comma, a quotation mark or a bracket is missing or too many.';
    this.#push(file, '', brokenAt, {
      value: JSON.stringify(text.slice(brokenAt, brokenAt + 20)),
      message,
      action,
    });
    return {};
  }

  /** Remembers where an entry was read from, so that a fault found later can point at it. */
  remember(entry: Entry, path: string): void {
    this.#entryPaths.set(entry, path);
  }

  /** An entry made from another, as a draft does that ends it, stands where that one stands. */
  rememberAs(entry: Entry, original: Entry): void {
    this.#entryPaths.set(entry, this.#entryPaths.get(original) ?? '');
  }

  /** Remembers the `id` of what stands at `path`, for the faults inside it. */
  name(file: string, path: string, id: unknown): void {
    if (typeof id === 'string') this.#ids.set(`${file} ${path}`, id);
  }

  /** A fault at a path of a file, or at the nearest thing round it that is written down. */
  at(file: string, path: string, complaint: Complaint): void {
    const text = this.#files[file];
    if (text === undefined) {
      this.#push(file, path, null, complaint);
      return;
    }
    const { offsets } = this.#placesOf(file);
    // What all entries share is written once, under `common`.
    const shared = path.replace(/^entries\[\d+\]\./, 'common.');
    let known = offsets.has(path) ? path : shared;
    while (!offsets.has(known) && known.startsWith('common.')) known = shorter(known);
    if (known === 'common' || !offsets.has(known)) known = path;
    while (!offsets.has(known) && known !== '') known = shorter(known);
    this.#push(file, path, offsets.get(known) ?? 0, complaint);
  }

  /** A fault at a key of an entry, or at the entry as a whole. */
  atEntry(entry: Entry, key: string, complaint: Complaint): void {
    const path = this.#entryPaths.get(entry) ?? '';
    this.at(entry.file, key === '' || path === '' ? path : `${path}.${key}`, complaint);
  }

  #push(file: string, path: string, offset: number | null, { value = '', message, action }: Complaint): void {
    const entryId = this.#ids.get(`${file} ${path.split('.')[0]}`) ?? '';
    const { line, column } =
      offset === null ? { line: 0, column: 0 } : textPlace(this.#files[file] ?? '', offset);
    this.faults.push({ file, line, column, path, entryId, value, message, action });
  }

  #placesOf(file: string): JsonPlaces {
    const found = this.#places.get(file) ?? jsonPlaces(this.#files[file] ?? '');
    this.#places.set(file, found);
    return found;
  }
}

/** `entries[3].due.seconds` → `entries[3].due` → `entries[3]` → `entries` → ``. */
function shorter(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.'), path.lastIndexOf('[')));
}
