import type { RulebookEntry, RulebookVector, RulebookView } from '../../contract.ts';

/** What a search looks through, made once per rulebook; all of it in lower case. */
export interface SearchedEntry {
  readonly entry: RulebookEntry;
  /** Its name and its sentence. */
  readonly own: string;
  /** Of each case whose deadline it sets. */
  readonly decides: readonly string[];
  /** Everything about it, and every case that asks it anything. */
  readonly all: string;
}

/** An entry is found by its own words and by those of the vectors that try it: "friday 18:45", "6282". */
export function searchable({ entries, vectors }: RulebookView): readonly SearchedEntry[] {
  const cases = new Map(vectors.map((vector) => [vector.id, vector]));
  return entries.map((entry) => {
    const tried = entry.vectors.flatMap((id) => cases.get(id) ?? []);
    const own = `${entry.id} ${entry.sentence}`.toLowerCase();
    const rest = [
      entry.subject,
      entry.note ?? '',
      entry.file,
      ...entry.clauses.map(({ clause }) => clause),
      ...entry.sources.flatMap(({ id, title }) => [id, title]),
      ...entry.facts.map(({ value }) => value),
      ...tried.map(caseText),
    ];
    return {
      entry,
      own,
      decides: tried.filter((vector) => setsDeadline(entry, vector)).map(caseText),
      all: `${own} ${rest.join(' ').toLowerCase()}`,
    };
  });
}

/**
 * Entries in which every word of `search` is found: first by their own words, then by a case that they decide, then the
 * others; else as they stand in the rulebook.
 */
export function searchEntries(
  entries: readonly SearchedEntry[],
  search: string,
  certainty: string,
): readonly RulebookEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const has = (text: string) => words.every((word) => text.includes(word));
  const rank = ({ own, decides }: SearchedEntry) => (has(own) ? 0 : decides.some(has) ? 1 : 2);
  return entries
    .filter(({ entry, all }) => (certainty === '' || entry.certainty === certainty) && has(all))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ entry }) => entry);
}

function caseText({ id, why, given }: RulebookVector): string {
  return [id, why, ...given.map(({ value }) => value)].join(' ').toLowerCase();
}

function setsDeadline({ id }: RulebookEntry, { expect }: RulebookVector): boolean {
  return expect.some(({ name, value }) => name === 'ruleId' && value === id);
}
