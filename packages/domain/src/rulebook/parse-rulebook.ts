/**
 * From the rulebook's files to a rulebook that can be trusted: read strictly, then checked as a whole. Pure;
 * whoever holds the files (a folder, a draft, an event) passes their text.
 */
import type { EasternDate } from '../calendar/eastern.ts';
import { checkCompleteness } from './check-completeness.ts';
import { baseFiles, checkUsed, type Draft, layOver, readDrafts } from './draft.ts';
import type { Entry } from './entry.ts';
import { FaultList, type RulebookFiles } from './fault-list.ts';
import { FieldReader } from './field-reader.ts';
import { ENTRY_READERS, type Subject, type Subjects } from './read-entries.ts';
import type { Rulebook, Source } from './rulebook.ts';
import { RulebookError } from './rulebook-error.ts';
import { vectorIds } from './vectors.ts';

const MANIFEST = 'rulebook.json';
const SOURCES = 'sources.json';

/**
 * `files` maps a path inside the rulebook folder (`deadlines/adf.json`) to its text. Test vectors (`vectors/`) and the CAT
 * dictionary (`cat/`) are other readers' and skipped, as is all that is not JSON. A draft among them (`withDraft`)
 * is laid over the rest. Throws `RulebookError` with every fault found; `checkRulebook` also holds it to its vectors.
 */
export function parseRulebook(files: RulebookFiles): Rulebook {
  const faults = new FaultList(files);
  const rulebook = readRulebook(files, faults);
  if (faults.found) throw new RulebookError(faults.faults);
  return rulebook;
}

/** As `parseRulebook`, but notes the faults instead of throwing. */
export function readRulebook(files: RulebookFiles, faults: FaultList): Rulebook {
  const manifest = readManifest(faults);
  let sources = readSources(SOURCES, faults);
  const subjects = emptySubjects();
  for (const file of baseFiles(files)) {
    if (file !== MANIFEST && file !== SOURCES && isSubject(file)) readSubjectFile(file, subjects, faults);
  }
  let { version } = manifest;
  for (const draft of readDrafts(files, faults)) {
    version = `${version}+${draft.name}`;
    const added = draft.files.find(({ path }) => path === SOURCES);
    if (added !== undefined) sources = [...sources, ...readSources(added.file, faults)];
    layDraft(files, subjects, draft, faults);
  }
  const rulebook: Rulebook = { ...manifest, version, sources, ...subjects };
  checkEntries(rulebook, Object.values(subjects).flat(), faults);
  if (!faults.found) checkCompleteness(rulebook, faults);
  return rulebook;
}

function isSubject(path: string): boolean {
  return !path.startsWith('vectors/') && !path.startsWith('cat/');
}

function layDraft(files: RulebookFiles, subjects: Subjects, draft: Draft, faults: FaultList): void {
  const over = emptySubjects();
  for (const { path, file } of draft.files) {
    if (path !== SOURCES && isSubject(path)) readSubjectFile(file, over, faults);
  }
  const used = new Set<string>();
  for (const id of vectorIds(files)) if (draft.removes.has(id)) used.add(id);
  const end = (entry: Entry, effectiveTo: EasternDate | null): Entry => {
    const ended = { ...entry, effectiveTo };
    faults.rememberAs(ended, entry);
    return ended;
  };
  for (const subject of Object.keys(ENTRY_READERS) as Subject[]) {
    const lists = subjects as unknown as Record<Subject, readonly Entry[]>;
    lists[subject] = layOver<Entry>(lists[subject], over[subject], draft, end, used);
  }
  checkUsed(draft, used, faults);
}

function readManifest(faults: FaultList) {
  const from = new FieldReader(faults, MANIFEST, '', faults.document(MANIFEST));
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

function readSources(file: string, faults: FaultList): readonly Source[] {
  const from = new FieldReader(faults, file, '', faults.document(file));
  const list = listAt(from, 'sources');
  from.refuseUnknownKeys();
  return list.map((value, index) => {
    const one = new FieldReader(faults, file, `sources[${index}]`, value);
    const source = { id: one.text('id'), title: one.text('title'), where: one.text('where') };
    one.refuseUnknownKeys();
    return source;
  });
}

/** A file names its subject; `common` holds what all of its entries share, so that each reads in a few lines. */
function readSubjectFile(file: string, subjects: Subjects, faults: FaultList): void {
  const from = new FieldReader(faults, file, '', faults.document(file));
  from.text('about');
  const subject = from.oneOf('subject', Object.keys(ENTRY_READERS) as Subject[]);
  const common = from.has('common') ? (from.raw('common') as object) : {};
  const list = listAt(from, 'entries');
  from.refuseUnknownKeys();
  for (const [index, value] of list.entries()) {
    const path = `entries[${index}]`;
    const merged = typeof value === 'object' && value !== null ? { ...common, ...value } : value;
    faults.name(file, path, (merged as { readonly id?: unknown } | null)?.id);
    const one = new FieldReader(faults, file, path, merged);
    const entry = ENTRY_READERS[subject](one);
    faults.remember(entry, path);
    (subjects[subject] as unknown as Entry[]).push(entry);
    one.refuseUnknownKeys();
  }
}

function listAt(from: FieldReader, key: string): readonly unknown[] {
  const value = from.raw(key);
  if (Array.isArray(value) && value.length > 0) return value;
  from.fault(key, value, 'a list is missing', `Give "${key}" at least one entry.`);
  return [];
}

function emptySubjects(): Subjects {
  const lists = Object.keys(ENTRY_READERS).map((subject) => [subject, []]);
  return Object.fromEntries(lists) as Subjects;
}

/** What can be said of each entry alone: unique id, known sources, dates the right way round, a clause. */
function checkEntries(rulebook: Rulebook, entries: readonly Entry[], faults: FaultList): void {
  const sourceIds = new Set(rulebook.sources.map((source) => source.id));
  const seen = new Map<string, string>();
  for (const entry of entries) {
    const complain = (key: string, value: string, message: string, action: string) =>
      faults.atEntry(entry, key, { value, message, action });
    const other = seen.get(entry.id);
    if (other !== undefined)
      complain('id', entry.id, `id is used in ${other} too`, 'Give it an id of its own.');
    seen.set(entry.id, entry.file);
    entry.sources.forEach((source, index) => {
      if (sourceIds.has(source)) return;
      complain(`sources[${index}]`, source, 'unknown source', 'Add it to sources.json or correct it.');
    });
    if (entry.certainty === 'verified' && entry.sources.length === 1 && entry.sources[0] === 'OPEN') {
      const action = 'Name the source it was read in, or call it assumed.';
      complain('certainty', entry.certainty, 'nothing was read, so it cannot be verified', action);
    }
    if (entry.effectiveTo !== null && entry.effectiveTo < entry.effectiveFrom) {
      complain(
        'effectiveTo',
        entry.effectiveTo,
        'ends before it begins',
        'Correct effectiveFrom or effectiveTo.',
      );
    }
    if (typeof entry.clause !== 'string' && 'facilities' in entry) {
      for (const facility of entry.facilities as readonly (keyof typeof entry.clause)[]) {
        if (entry.clause[facility] === undefined) {
          const action = 'Name its clause or leave the facility out.';
          complain('clause', facility, 'no clause for this facility', action);
        }
      }
    }
  }
  for (const rule of rulebook.calendar) {
    if ((rule.date === null) === (rule.weekdays.length === 0)) {
      const action = 'Give the one date, or the days of the week, and not both.';
      faults.atEntry(rule, 'date', { message: 'neither a date nor days of the week, or both', action });
    } else if (
      rule.date !== null &&
      !(rule.effectiveFrom <= rule.date && rule.date <= (rule.effectiveTo ?? rule.date))
    ) {
      const action = 'Correct the date, or put the entry into the file of its year.';
      faults.atEntry(rule, 'date', { value: rule.date, message: 'not in force on its own date', action });
    }
  }
}
