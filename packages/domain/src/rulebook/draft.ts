/**
 * A draft changes a rulebook without touching it: entries of its own, in files of the usual shape, laid over those of
 * the base. An entry with an id that the base has takes its place; the others are added. So a draft holds what it
 * changes and nothing else, and two versions can stand side by side.
 */
import type { EasternDate } from '../calendar/eastern.ts';
import type { FaultList, RulebookFiles } from './fault-list.ts';
import { FieldReader } from './field-reader.ts';

const DRAFTS = /^drafts\/([^/]+)\/(.+)$/;

export interface Draft {
  readonly name: string;
  readonly sentence: string;
  /** Ids of entries and vectors of the base that it takes away. */
  readonly removes: ReadonlySet<string>;
  /** Last day in force of entries of the base, by id; `null` lets one hold on that the base ends. */
  readonly ends: ReadonlyMap<string, EasternDate | null>;
  /** Its files by their path as the base would have it (`hours.json`), each with its path in the rulebook folder. */
  readonly files: readonly { readonly path: string; readonly file: string }[];
}

/** The base with a draft laid over it: the input of `parseRulebook`, `parseVectors` and `checkRulebook`. */
export function withDraft(base: RulebookFiles, name: string, draft: RulebookFiles): RulebookFiles {
  const moved = Object.entries(draft).map(([path, text]) => [`drafts/${name}/${path}`, text]);
  return { ...base, ...Object.fromEntries(moved) };
}

/** The files of the base, without those of drafts. */
export function baseFiles(files: RulebookFiles): readonly string[] {
  return Object.keys(files)
    .filter((file) => file.endsWith('.json') && !DRAFTS.test(file))
    .sort();
}

/** Drafts among the files, in the order of their names. */
export function readDrafts(files: RulebookFiles, faults: FaultList): readonly Draft[] {
  const byName = new Map<string, { path: string; file: string }[]>();
  for (const file of Object.keys(files).sort()) {
    const [, name = '', path = ''] = DRAFTS.exec(file) ?? [];
    if (path === '' || !path.endsWith('.json')) continue;
    const list = byName.get(name) ?? [];
    if (path !== 'draft.json') list.push({ path, file });
    byName.set(name, list);
  }
  return [...byName].map(([name, list]) => readDraft(name, list, faults));
}

function readDraft(name: string, files: Draft['files'], faults: FaultList): Draft {
  const file = `drafts/${name}/draft.json`;
  const from = new FieldReader(faults, file, '', faults.document(file));
  const sentence = from.text('sentence');
  const removes = new Set(from.has('removes') ? from.texts('removes') : []);
  const ends = new Map<string, EasternDate | null>();
  if (from.has('ends')) {
    const dates = from.object('ends');
    for (const id of Object.keys(from.record('ends'))) ends.set(id, dates.dateOrNull(id));
  }
  from.refuseUnknownKeys();
  return { name, sentence, removes, ends, files };
}

/**
 * The base's list after a draft, with replaced ones in their place so that the order of questions stays. `used` takes
 * the ids of `removes` and `ends` that were met.
 */
export function layOver<Item extends { readonly id: string }>(
  base: readonly Item[],
  over: readonly Item[],
  draft: Draft,
  end: (item: Item, date: EasternDate | null) => Item,
  used: Set<string>,
): readonly Item[] {
  const changed = new Map(over.map((item) => [item.id, item]));
  const kept: Item[] = [];
  for (const item of base) {
    const date = draft.ends.get(item.id);
    const instead = changed.get(item.id);
    if (draft.removes.has(item.id) || date !== undefined) used.add(item.id);
    if (draft.removes.has(item.id)) continue;
    changed.delete(item.id);
    if (instead !== undefined) kept.push(instead);
    else kept.push(date === undefined ? item : end(item, date));
  }
  return [...kept, ...over.filter((item) => changed.get(item.id) === item)];
}

/** A draft that removes or ends what the base does not have was written against another base. */
export function checkUsed(draft: Draft, used: ReadonlySet<string>, faults: FaultList): void {
  const file = `drafts/${draft.name}/draft.json`;
  const complaint = (id: string) => ({
    value: id,
    message: 'the base has no such entry or vector',
    action: 'Correct the id, or leave it out.',
  });
  [...draft.removes].forEach((id, index) => {
    if (!used.has(id)) faults.at(file, `removes[${index}]`, complaint(id));
  });
  for (const id of draft.ends.keys()) if (!used.has(id)) faults.at(file, `ends.${id}`, complaint(id));
}
