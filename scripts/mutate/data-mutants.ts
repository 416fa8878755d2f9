/**
 * Faults in the rules: every time, date, band, length, kind, mark and list of the JSON files, changed one at a time. An edge
 * that two entries share is moved in both, for a gap alone is refused before any vector is asked.
 */
import type { Mutant } from './mutant.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Values of a key that has a few names, each changed to the next in its list. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  kind: ['BUSINESS', 'HALF', 'CLOSED'],
  certainty: ['verified', 'derived', 'assumed'],
  closingCertainty: ['verified', 'derived', 'assumed'],
  day: ['SAME', 'NEXT_BUSINESS'],
  session: ['NORMAL', 'OUTSIDE'],
  belongsTo: ['EARLIER', 'LATER'],
  choice: ['BY_CLOSE', 'FULL_WINDOW'],
  eventDay: ['SAME', 'LATER'],
  reportDay: ['SAME', 'EARLIER'],
  dayOf: ['REPORT', 'TRADE'],
  request: ['UNDO', 'CORRECT'],
  changes: ['ANY', 'CORRECTABLE', 'NOT_CORRECTABLE'],
  action: ['CANCEL', 'REVERSAL', 'CORRECT', 'CANCEL_AND_NEW', 'REVERSAL_AND_NEW'],
  after: ['EVENT', 'OPENING'],
  code: ['T', 'U', 'Z'],
  retry: ['FIX_DATA', 'HOLD', 'RECONCILE', 'OPERATOR'],
};
const LISTS: Readonly<Record<string, readonly string[]>> = {
  takes: ['NMS', 'OTC_EQUITY', 'RESTRICTED_144A', 'DPP'],
  symbolClasses: ['NMS', 'OTC_EQUITY', 'RESTRICTED_144A', 'DPP'],
  days: ['BUSINESS', 'HALF', 'CLOSED'],
  executed: ['NORMAL', 'OUTSIDE'],
  event: ['NORMAL', 'OUTSIDE'],
  facilities: ['ADF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE', 'ORF'],
  fields: ['1', '2', '3', '4'],
  kind: ['new', 'cancel', 'correct', 'reversal', 'contra'],
  role: ['EXECUTING_PARTY', 'NON_EXECUTING_PARTY'],
  venue: ['OTC', 'EXCHANGE'],
  reportType: ['TAPE', 'NON_TAPE', 'CLEARING_ONLY'],
  tradeTypes: ['PRP', 'STOP_STOCK', 'WEIGHTED_AVERAGE'],
  codes: ['123'],
  weekdays: ['1', '6', '7'],
};
/** What the rulebook covers. */
const FIRST = '2025-01-01';
const LAST = '2028-12-31';
const TIMES = new Set(['opens', 'closes', 'from', 'to', 'at', 'begins']);
const DATES = new Set(['date', 'effectiveFrom', 'effectiveTo']);

/** Mutants of one file of the rulebook, in the order of its text. */
export function dataMutants(file: string, text: string): readonly Mutant[] {
  const document = JSON.parse(text) as { readonly [key: string]: Json };
  const mutants: Mutant[] = [];
  const add = (place: string, change: string, mutated: Json) =>
    mutants.push({
      place: `${file} ${place}`,
      change,
      where: { kind: 'data', file, text: JSON.stringify(mutated) },
    });
  const visit = (value: Json, path: readonly (string | number)[]): void => {
    const [key = ''] = path.slice(-1);
    for (const other of othersOf(String(key), value, path)) {
      add(
        nameOf(document, path),
        `${JSON.stringify(value)} → ${JSON.stringify(other)}`,
        replaced(document, path, other),
      );
    }
    if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly Json[]).entries()) visit(item, [...path, index]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, [...path, name]);
    }
  };
  const dated = file.startsWith('calendar/') && !file.endsWith('week.json');
  const shared = Object.entries(document.common ?? {}).filter(([key]) => !(dated && DATES.has(key)));
  for (const [key, value] of shared) visit(value as Json, ['common', key]);
  visit(document.entries ?? null, ['entries']);
  for (const { change, mutated } of sharedEdges(text)) {
    add('everywhere', change, JSON.parse(mutated) as Json);
  }
  const entries = (document.entries ?? []) as readonly Json[];
  entries.forEach((_entry, index) => {
    const without = entries.filter((_other, at) => at !== index);
    if (without.length > 0)
      add(nameOf(document, ['entries', index]), 'left out', { ...document, entries: without });
  });
  return mutants;
}

/** `entries[3].due.seconds (ADF-NORMAL)`. */
function nameOf(document: { readonly [key: string]: Json }, path: readonly (string | number)[]): string {
  const text = path.reduce<string>(
    (whole, part) =>
      typeof part === 'number' ? `${whole}[${part}]` : whole === '' ? part : `${whole}.${part}`,
    '',
  );
  const entry = path[0] === 'entries' ? (document.entries as readonly Json[])[Number(path[1])] : null;
  const id = typeof entry === 'object' && entry !== null && 'id' in entry ? ` (${String(entry.id)})` : '';
  return `${text}${id}`;
}

function othersOf(key: string, value: Json, path: readonly (string | number)[]): readonly Json[] {
  if (typeof value === 'string') return otherTexts(key, value, path);
  if (typeof value === 'number') return key === 'field' ? [] : [value + 1, value - 1];
  if (typeof value === 'boolean') return [!value];
  if (value === null) return key === 'code' ? ['T'] : key === 'wire' ? ['X'] : [];
  if (Array.isArray(value)) {
    const all = LISTS[key];
    if (all === undefined) return [];
    const list = value as readonly Json[];
    const fewer =
      list.length < 2 ? [] : list.map((_item, index) => list.filter((_other, at) => at !== index));
    const more = all.filter((name) => !list.includes(name)).map((name) => [...list, name]);
    return [...fewer, ...more];
  }
  return [];
}

function otherTexts(key: string, value: string, path: readonly (string | number)[]): readonly Json[] {
  // A part of a list or of a sentence is not a value of its own.
  if (typeof path.at(-1) === 'number') return [];
  if (path.at(-2) === 'clause' || key === 'clause') return [`${value}(z)`];
  if (TIMES.has(key) && /^\d\d:\d\d$/.test(value))
    return [shiftTime(value, 1), shiftTime(value, -1)].filter(isText);
  if (DATES.has(key)) {
    // Before the first day and after the last there is nothing to decide, and a dated entry holds on its date alone.
    return [shiftDate(value, 1), shiftDate(value, -1)].filter(
      (date) => key === 'date' || (FIRST <= date && date <= LAST),
    );
  }
  if (key === 'wire') return [`${value}X`];
  const names = NAMES[key];
  if (names?.includes(value)) return names.filter((name) => name !== value);
  return [];
}

function isText(text: string | null): text is string {
  return text !== null;
}

/** Times and changes of date that several entries of the file share, moved in all of them at once. */
function sharedEdges(text: string): readonly { readonly change: string; readonly mutated: string }[] {
  const found: { change: string; mutated: string }[] = [];
  for (const time of new Set([...text.matchAll(/"(\d\d:\d\d)"/g)].map((match) => match[1] ?? ''))) {
    for (const minutes of [1, -1]) {
      const moved = shiftTime(time, minutes);
      if (moved !== null)
        found.push({ change: `${time} → ${moved}`, mutated: text.replaceAll(`"${time}"`, `"${moved}"`) });
    }
  }
  for (const last of new Set(
    [...text.matchAll(/"effectiveTo": "([\d-]+)"/g)].map((match) => match[1] ?? ''),
  )) {
    const first = shiftDate(last, 1);
    if (!text.includes(`"effectiveFrom": "${first}"`)) continue;
    for (const days of [1, -1]) {
      const mutated = text
        .replaceAll(`"effectiveTo": "${last}"`, `"effectiveTo": "${shiftDate(last, days)}"`)
        .replaceAll(`"effectiveFrom": "${first}"`, `"effectiveFrom": "${shiftDate(first, days)}"`);
      found.push({
        change: `the change after ${last} ${days > 0 ? 'a day later' : 'a day earlier'}`,
        mutated,
      });
    }
  }
  return found;
}

function shiftTime(time: string, minutes: number): string | null {
  const [hour = '0', minute = '0'] = time.split(':');
  const shifted = Number(hour) * 60 + Number(minute) + minutes;
  if (shifted < 0 || shifted > 24 * 60) return null;
  return `${String(Math.floor(shifted / 60)).padStart(2, '0')}:${String(shifted % 60).padStart(2, '0')}`;
}

function shiftDate(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

function replaced(value: Json, path: readonly (string | number)[], by: Json): Json {
  const [key, ...rest] = path;
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: Json, index) => (index === key ? replaced(item, rest, by) : item));
  return {
    ...(value as object),
    [key]: replaced((value as { readonly [key: string]: Json })[key] ?? null, rest, by),
  };
}
