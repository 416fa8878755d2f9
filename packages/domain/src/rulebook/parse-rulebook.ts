/**
 * From the rulebook's files to a rulebook that can be trusted: read strictly, then checked as a whole. Pure;
 * whoever holds the files (a folder, a draft, an event) passes their text.
 */
import { checkCompleteness } from './check-completeness.ts';
import type { Entry } from './entry.ts';
import { FieldReader } from './field-reader.ts';
import { ENTRY_READERS, type Subject, type Subjects } from './read-entries.ts';
import type { Rulebook, Source } from './rulebook.ts';
import { RulebookError, type RulebookFault } from './rulebook-error.ts';

const MANIFEST = 'rulebook.json';
const SOURCES = 'sources.json';

/**
 * `files` maps a path inside the rulebook folder (`deadlines/adf.json`) to its text. Test vectors (`vectors/`)
 * and the CAT dictionary (`cat/`) are other readers' and skipped, as is all that is not JSON.
 * Throws `RulebookError` with every fault found.
 */
export function parseRulebook(files: Readonly<Record<string, string>>): Rulebook {
  const faults: RulebookFault[] = [];
  const manifest = readManifest(files, faults);
  const sources = readSources(files, faults);
  const subjects = emptySubjects();
  for (const file of Object.keys(files).sort()) {
    if (file === MANIFEST || file === SOURCES || !file.endsWith('.json')) continue;
    if (file.startsWith('vectors/') || file.startsWith('cat/')) continue;
    readSubjectFile(file, files[file] ?? '', subjects, faults);
  }
  const rulebook: Rulebook = { ...manifest, sources, ...subjects };
  checkEntries(rulebook, Object.values(subjects).flat(), faults);
  if (faults.length === 0) checkCompleteness(rulebook, faults);
  if (faults.length > 0) throw new RulebookError(faults);
  return rulebook;
}

function readManifest(files: Readonly<Record<string, string>>, faults: RulebookFault[]) {
  const from = new FieldReader(faults, MANIFEST, '', parseJson(MANIFEST, files[MANIFEST], faults));
  const manifest = {
    version: from.text('version'),
    effectiveFrom: from.date('effectiveFrom'),
    effectiveTo: from.date('effectiveTo'),
    sentence: from.text('sentence'),
  };
  from.refuseUnknownKeys();
  if (manifest.effectiveFrom > manifest.effectiveTo) {
    from.fault('effectiveTo', manifest.effectiveTo, 'the rulebook ends before it begins', 'Swap the dates.');
  }
  return manifest;
}

function readSources(files: Readonly<Record<string, string>>, faults: RulebookFault[]): readonly Source[] {
  const from = new FieldReader(faults, SOURCES, '', parseJson(SOURCES, files[SOURCES], faults));
  const list = listAt(from, 'sources');
  from.refuseUnknownKeys();
  return list.map((value, index) => {
    const one = new FieldReader(faults, SOURCES, `sources[${index}]`, value);
    const source = { id: one.text('id'), title: one.text('title'), where: one.text('where') };
    one.refuseUnknownKeys();
    return source;
  });
}

/** A file names its subject; `common` holds what all of its entries share, so that each reads in a few lines. */
function readSubjectFile(file: string, text: string, subjects: Subjects, faults: RulebookFault[]): void {
  const from = new FieldReader(faults, file, '', parseJson(file, text, faults));
  from.text('about');
  const subject = from.oneOf('subject', Object.keys(ENTRY_READERS) as Subject[]);
  const common = from.has('common') ? (from.raw('common') as object) : {};
  const list = listAt(from, 'entries');
  from.refuseUnknownKeys();
  for (const [index, value] of list.entries()) {
    const merged = typeof value === 'object' && value !== null ? { ...common, ...value } : value;
    const one = new FieldReader(faults, file, `entries[${index}]`, merged);
    (subjects[subject] as unknown as Entry[]).push(ENTRY_READERS[subject](one));
    one.refuseUnknownKeys();
  }
}

function listAt(from: FieldReader, key: string): readonly unknown[] {
  const value = from.raw(key);
  if (Array.isArray(value) && value.length > 0) return value;
  from.fault(key, value, 'a list is missing', `Give "${key}" at least one entry.`);
  return [];
}

function parseJson(file: string, text: string | undefined, faults: RulebookFault[]): unknown {
  if (text === undefined) {
    faults.push({ file, path: '', value: '', message: 'the file is missing', action: 'Add it.' });
    return {};
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    const message = `not JSON: ${error instanceof Error ? error.message : String(error)}`;
    faults.push({ file, path: '', value: '', message, action: 'Correct the syntax at that place.' });
    return {};
  }
}

function emptySubjects(): Subjects {
  const lists = Object.keys(ENTRY_READERS).map((subject) => [subject, []]);
  return Object.fromEntries(lists) as Subjects;
}

/** What can be said of each entry alone: unique id, known sources, dates the right way round, a clause. */
function checkEntries(rulebook: Rulebook, entries: readonly Entry[], faults: RulebookFault[]): void {
  const sourceIds = new Set(rulebook.sources.map((source) => source.id));
  const seen = new Map<string, string>();
  for (const entry of entries) {
    const complain = (value: string, message: string, action: string) =>
      faults.push({ file: entry.file, path: entry.id, value, message, action });
    const other = seen.get(entry.id);
    if (other !== undefined) complain(entry.id, `id is used in ${other} too`, 'Give it an id of its own.');
    seen.set(entry.id, entry.file);
    for (const source of entry.sources) {
      if (!sourceIds.has(source)) complain(source, 'unknown source', 'Add it to sources.json or correct it.');
    }
    if (entry.effectiveTo !== null && entry.effectiveTo < entry.effectiveFrom) {
      complain(entry.effectiveTo, 'ends before it begins', 'Correct effectiveFrom or effectiveTo.');
    }
    if (typeof entry.clause !== 'string' && 'facilities' in entry) {
      for (const facility of entry.facilities as readonly (keyof typeof entry.clause)[]) {
        if (entry.clause[facility] === undefined) {
          complain(facility, 'no clause for this facility', 'Name its clause or leave the facility out.');
        }
      }
    }
  }
}
