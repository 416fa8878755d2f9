/** The rulebook for a page that lists and searches it: every entry with what it rests on and the vectors that try it. */
import {
  type Entry,
  NS_PER_SECOND,
  parseRulebook,
  parseVectors,
  type Rulebook,
  runVector,
  timeOfDayText,
  type Vector,
} from '@tapeclock/domain';
import type { RulebookEntry, RulebookVector, RulebookView } from '../api/contract.ts';

export interface ShownRulebook {
  readonly rulebook: Rulebook;
  readonly view: RulebookView;
}

/** `files` as `parseRulebook` takes them. Throws `RulebookError`. */
export function showRulebook(files: Readonly<Record<string, string>>): ShownRulebook {
  const rulebook = parseRulebook(files);
  const vectors = parseVectors(files);
  const triedBy = vectorsByRule(rulebook, vectors);
  const { version, effectiveFrom, effectiveTo, sentence, sources, ...subjects } = rulebook;
  const sourceOf = new Map(sources.map((source) => [source.id, source]));
  const entries = Object.entries(subjects).flatMap(([subject, list]) =>
    (list as readonly Entry[]).map(
      (entry): RulebookEntry => ({
        id: entry.id,
        subject,
        sentence: entry.sentence,
        note: entry.note,
        clauses: clausesOf(entry),
        sources: entry.sources.map((id) => sourceOf.get(id) ?? { id, title: id, where: '' }),
        certainty: entry.certainty,
        effectiveFrom: entry.effectiveFrom,
        effectiveTo: entry.effectiveTo,
        file: entry.file,
        facts: factsOf(entry),
        vectors: triedBy.get(entry.id) ?? [],
      }),
    ),
  );
  const view = { version, effectiveFrom, effectiveTo, sentence, entries, vectors: vectors.map(vectorView) };
  return { rulebook, view };
}

function vectorsByRule(rulebook: Rulebook, vectors: readonly Vector[]): ReadonlyMap<string, string[]> {
  const triedBy = new Map<string, string[]>();
  for (const vector of vectors) {
    for (const ruleId of new Set(runVector(rulebook, vector).ruleIds)) {
      const ids = triedBy.get(ruleId);
      if (ids === undefined) triedBy.set(ruleId, [vector.id]);
      else ids.push(vector.id);
    }
  }
  return triedBy;
}

/** One line a clause, with the facilities that share it. */
function clausesOf({ clause }: Entry): RulebookEntry['clauses'] {
  if (typeof clause === 'string') return [{ clause, facilities: [] }];
  const facilitiesOf = new Map<string, RulebookEntry['clauses'][number]['facilities']>();
  for (const [facility, text] of Object.entries(clause)) {
    const name = facility as RulebookEntry['clauses'][number]['facilities'][number];
    facilitiesOf.set(text, [...(facilitiesOf.get(text) ?? []), name]);
  }
  return [...facilitiesOf].map(([text, facilities]) => ({ clause: text, facilities }));
}

const COMMON = new Set<string>([
  'id',
  'clause',
  'sources',
  'certainty',
  'effectiveFrom',
  'effectiveTo',
  'sentence',
  'note',
  'file',
] satisfies (keyof Entry)[]);

function factsOf(entry: Entry): RulebookEntry['facts'] {
  return Object.entries(entry)
    .filter(([name, value]) => !COMMON.has(name) && value !== null)
    .map(([name, value]) => ({ name: name.replace(/NsOfDay$/, ''), value: factText(name, value) }));
}

/** Nanoseconds of a day as the clock on the wall, spans in seconds, everything else as it stands in the file. */
function factText(name: string, value: unknown): string {
  if (typeof value === 'bigint') {
    return name === 'ns' ? `${value / NS_PER_SECOND} s` : timeOfDayText(value).replace(/(:00)?\.0+$/, '');
  }
  if (Array.isArray(value)) return value.map((one) => factText(name, one)).join(', ');
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, one]) => (key === 'ns' ? factText(key, one) : `${key} ${factText(key, one)}`))
      .join(', ');
  }
  return String(value);
}

function vectorView({ id, why, file, given, expect }: Vector): RulebookVector {
  const pairs = (record: Readonly<Record<string, unknown>>) =>
    Object.entries(record).map(([name, value]) => ({
      name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    }));
  return { id, why, file, given: pairs(given), expect: pairs(expect) };
}
