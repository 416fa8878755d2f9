import { NS_PER_MINUTE, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import {
  FACTS,
  type Fact,
  type Field,
  FLAGS,
  LABELS,
  type Label,
  MEASURES_US,
  type Observation,
} from './observation.ts';

/** When the pattern is there. `matched` are the facts that meet `where`, `total` all of them, within the window and for one subject. */
export type Measure =
  | { readonly kind: 'count'; readonly atLeast: number }
  | { readonly kind: 'share'; readonly percent: number; readonly ofAtLeast: number }
  /** The latest facts, one after the other without any that does not meet `where`. */
  | { readonly kind: 'streak'; readonly atLeast: number }
  /** Nothing for as long as the window's gap, after so many. */
  | { readonly kind: 'silence'; readonly afterAtLeast: number };

export type PatternWindow =
  | { readonly kind: 'sliding'; readonly sizeNs: Ns; readonly everyNs: Ns }
  | { readonly kind: 'session'; readonly gapNs: Ns };

/** Bounds are inclusive; null is no bound. */
export type Condition = boolean | readonly [from: number | null, to: number | null];

/** A rule about what many trades do together; see `patterns/*.json`. */
export interface Pattern {
  /** Of the alert and of its page too. */
  readonly name: string;
  readonly sentence: string;
  readonly fact: Fact;
  readonly where: Readonly<Partial<Record<Field, Condition>>>;
  readonly per: readonly Label[];
  readonly window: PatternWindow;
  readonly measure: Measure;
  /** Eastern time of day outside of which nothing is raised; null for no such hours. Never on a Saturday or Sunday. */
  readonly hours: { readonly fromNs: Ns; readonly toNs: Ns } | null;
  readonly severity: 'info' | 'warning' | 'critical';
  /** Of the alert; `{matched}`, `{total}`, `{streak}` and the labels are filled in. */
  readonly text: string;
  readonly runbook: string;
}

export class PatternError extends Error {
  constructor(name: string, path: string, problem: string) {
    super(`pattern ${name}: ${path} ${problem}`);
    this.name = 'PatternError';
  }
}

/** Reads one pattern from parsed JSON. Throws `PatternError`, which names the place, for anything that is not as it should be. */
export function parsePattern(json: unknown): Pattern {
  const name = typeof fieldOf(json, 'name') === 'string' ? String(fieldOf(json, 'name')) : '?';
  const read = new Reader(name, json, '');
  const window = read.object('window');
  const measure = read.object('measure');
  const pattern: Pattern = {
    name: read.text('name', /^[a-z]+(-[a-z]+)*$/),
    sentence: read.text('sentence', /\.$/),
    fact: read.choice('fact', FACTS),
    where: conditions(read),
    per: read.choices('per', LABELS),
    window: windowOf(window),
    measure: measureOf(measure),
    hours: read.has('hours') ? hoursOf(read.object('hours')) : null,
    severity: read.choice('severity', ['info', 'warning', 'critical'] as const),
    text: read.text('text', /./),
    runbook: read.text('runbook', /^runbooks\/.+\.md$/),
  };
  const silent = pattern.measure.kind === 'silence';
  if (silent !== (pattern.window.kind === 'session'))
    throw new PatternError(
      name,
      'window',
      'of kind session goes with the measure silence, and with no other',
    );
  read.nothingBut([
    'name',
    'sentence',
    'fact',
    'where',
    'per',
    'window',
    'measure',
    'hours',
    'severity',
    'text',
    'runbook',
  ]);
  return pattern;
}

/** Whether the fact is one that the pattern counts as matched. */
export function matches(pattern: Pattern, { fields }: Observation): boolean {
  for (const [field, condition] of Object.entries(pattern.where) as [Field, Condition][]) {
    const value = fields[field];
    if (typeof condition === 'boolean') {
      if (value !== condition) return false;
      continue;
    }
    const [from, to] = condition;
    if (typeof value !== 'number' || (from !== null && value < from) || (to !== null && value > to))
      return false;
  }
  return true;
}

function conditions(read: Reader): Pattern['where'] {
  const where = read.object('where');
  const found: Partial<Record<Field, Condition>> = {};
  for (const key of where.keys()) {
    const flag = FLAGS.find((known) => known === key);
    const measured = MEASURES_US.find((known) => known === key);
    if (flag !== undefined) found[flag] = where.boolean(flag);
    else if (measured !== undefined) found[measured] = where.range(measured);
    else throw where.error(key, `is none of ${[...FLAGS, ...MEASURES_US].join(', ')}`);
  }
  return found;
}

function windowOf(read: Reader): PatternWindow {
  if (read.choice('kind', ['sliding', 'session'] as const) === 'session') {
    read.nothingBut(['kind', 'gapSeconds']);
    return { kind: 'session', gapNs: BigInt(read.whole('gapSeconds')) * NS_PER_SECOND };
  }
  read.nothingBut(['kind', 'seconds', 'everySeconds']);
  const seconds = read.whole('seconds');
  const everySeconds = read.whole('everySeconds');
  if (seconds % everySeconds !== 0) throw read.error('seconds', 'must be a multiple of everySeconds');
  return {
    kind: 'sliding',
    sizeNs: BigInt(seconds) * NS_PER_SECOND,
    everyNs: BigInt(everySeconds) * NS_PER_SECOND,
  };
}

function measureOf(read: Reader): Measure {
  const kind = read.choice('kind', ['count', 'share', 'streak', 'silence'] as const);
  if (kind === 'share') {
    read.nothingBut(['kind', 'percent', 'ofAtLeast']);
    return { kind, percent: read.whole('percent'), ofAtLeast: read.whole('ofAtLeast') };
  }
  if (kind === 'silence') {
    read.nothingBut(['kind', 'afterAtLeast']);
    return { kind, afterAtLeast: read.whole('afterAtLeast') };
  }
  read.nothingBut(['kind', 'atLeast']);
  return { kind, atLeast: read.whole('atLeast') };
}

function hoursOf(read: Reader): NonNullable<Pattern['hours']> {
  read.nothingBut(['from', 'to']);
  const at = (key: string) => {
    const [hour = '', minute = ''] = read.text(key, /^([01]\d|2[0-4]):[0-5]\d$/).split(':');
    return BigInt(Number(hour) * 60 + Number(minute)) * NS_PER_MINUTE;
  };
  const [fromNs, toNs] = [at('from'), at('to')];
  if (fromNs >= toNs) throw read.error('to', 'must be later than from');
  return { fromNs, toNs };
}

function fieldOf(json: unknown, key: string): unknown {
  return typeof json === 'object' && json !== null ? (json as Record<string, unknown>)[key] : undefined;
}

/** Reads the fields of one JSON object and names the place of whatever is wrong. */
class Reader {
  readonly #name: string;
  readonly #json: unknown;
  readonly #path: string;

  constructor(name: string, json: unknown, path: string) {
    this.#name = name;
    this.#json = json;
    this.#path = path;
    if (typeof json !== 'object' || json === null || Array.isArray(json))
      throw new PatternError(name, path === '' ? 'it' : path, 'must be an object');
  }

  keys(): readonly string[] {
    return Object.keys(this.#json as object);
  }

  has(key: string): boolean {
    return fieldOf(this.#json, key) !== undefined;
  }

  error(key: string, problem: string): PatternError {
    return new PatternError(this.#name, `${this.#path}${key}`, problem);
  }

  nothingBut(known: readonly string[]): void {
    const strange = this.keys().find((key) => !known.includes(key) && key !== '$schema' && key !== 'vectors');
    if (strange !== undefined) throw this.error(strange, `is none of ${known.join(', ')}`);
  }

  object(key: string): Reader {
    return new Reader(this.#name, fieldOf(this.#json, key), `${this.#path}${key}.`);
  }

  text(key: string, form: RegExp): string {
    const value = fieldOf(this.#json, key);
    if (typeof value !== 'string' || !form.test(value))
      throw this.error(key, `must be a text like ${form.source}`);
    return value;
  }

  boolean(key: string): boolean {
    const value = fieldOf(this.#json, key);
    if (typeof value !== 'boolean') throw this.error(key, 'must be true or false');
    return value;
  }

  whole(key: string): number {
    const value = fieldOf(this.#json, key);
    if (!Number.isSafeInteger(value) || Number(value) < 1)
      throw this.error(key, 'must be a whole number above 0');
    return Number(value);
  }

  range(key: string): readonly [number | null, number | null] {
    const value = fieldOf(this.#json, key);
    const isBound = (bound: unknown): bound is number | null => bound === null || Number.isSafeInteger(bound);
    if (!Array.isArray(value) || value.length !== 2 || !isBound(value[0]) || !isBound(value[1]))
      throw this.error(key, 'must be [from, to] in whole microseconds, null for no bound');
    return [value[0], value[1]];
  }

  choice<Choice extends string>(key: string, known: readonly Choice[]): Choice {
    const found = known.find((choice) => choice === fieldOf(this.#json, key));
    if (found === undefined) throw this.error(key, `must be one of ${known.join(', ')}`);
    return found;
  }

  choices<Choice extends string>(key: string, known: readonly Choice[]): readonly Choice[] {
    const value = fieldOf(this.#json, key);
    if (!Array.isArray(value) || value.length === 0)
      throw this.error(key, `must list one of ${known.join(', ')}`);
    return value.map((each) => {
      const found = known.find((choice) => choice === each);
      if (found === undefined) throw this.error(key, `must list only ${known.join(', ')}`);
      return found;
    });
  }
}
