import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import { Secret } from './secret.ts';

/** Why a text is not a value: completes the sentence "TAPECLOCK_X is …, but must be …". */
export interface Misfit {
  readonly mustBe: string;
}

/** One thing that can be configured. All of them are declared as data, and docs/reference/config.md is made from it. */
export interface Setting<Value> {
  /** What it means and what follows from changing it; one or two sentences. */
  readonly help: string;
  /** What may be written, for people: `port`, `whole number 1 … 100`, `one of a, b`. */
  readonly kind: string;
  /** Absent: the setting must be given. */
  readonly fallback?: Value;
  /** How the fallback is written; empty for `null`. */
  readonly fallbackText: string;
  /** The environment variable, where it is not derived from group and key. */
  readonly variable?: string;
  readonly secret: boolean;
  parse(text: string): { readonly value: Value } | Misfit;
}

interface Common<Value> {
  readonly help: string;
  readonly fallback?: Value;
  readonly variable?: string;
}

function setting<Value>(
  options: Common<Value>,
  kind: string,
  write: (value: Value) => string,
  parse: (text: string) => Value | undefined,
  secret = false,
): Setting<Value> {
  const { fallback } = options;
  return {
    ...options,
    kind,
    secret,
    fallbackText: fallback === undefined || fallback === null ? '' : write(fallback),
    parse(text) {
      const value = parse(text);
      return value === undefined ? { mustBe: kind } : { value };
    },
  };
}

/** Any text that is not empty. */
export function text(options: Common<string>): Setting<string> {
  return setting(options, 'text', String, (given) => (given === '' ? undefined : given));
}

/** Text, or null where nothing is given: something that is off by default. */
export function optionalText(options: Omit<Common<string | null>, 'fallback'>): Setting<string | null> {
  return setting<string | null>({ ...options, fallback: null }, 'text, or empty for none', String, (given) =>
    given === '' ? null : given,
  );
}

export function wholeNumber(options: Common<number> & { min: number; max: number }): Setting<number> {
  const { min, max, ...common } = options;
  return setting(common, `whole number ${min} … ${max}`, String, (given) => {
    const value = /^-?\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
    return value >= min && value <= max ? value : undefined;
  });
}

/** 0 lets the system choose a free one. */
export function port(options: Common<number>): Setting<number> {
  return { ...wholeNumber({ ...options, min: 0, max: 65_535 }), kind: 'port 0 … 65535' };
}

/** A share between 0 and 1. */
export function share(options: Common<number>): Setting<number> {
  return setting(options, 'number 0 … 1', String, (given) => {
    const value = /^\d(\.\d{1,9})?$/.test(given) ? Number(given) : Number.NaN;
    return value >= 0 && value <= 1 ? value : undefined;
  });
}

/** Written in milliseconds, used in nanoseconds. */
export function durationMs(options: Common<Ns>): Setting<Ns> {
  return setting(
    options,
    'whole number of milliseconds',
    (value) => String(value / NS_PER_MS),
    (given) => (/^\d{1,12}$/.test(given) ? BigInt(given) * NS_PER_MS : undefined),
  );
}

export function yesNo(options: Common<boolean>): Setting<boolean> {
  return setting(options, 'true or false', String, (given) =>
    given === 'true' ? true : given === 'false' ? false : undefined,
  );
}

export function oneOf<const Choice extends string>(
  choices: readonly Choice[],
  options: Common<NoInfer<Choice>>,
): Setting<Choice> {
  return setting<Choice>(options, `one of ${choices.join(', ')}`, String, (given) =>
    choices.find((choice) => choice === given),
  );
}

/** Separated by commas; blanks around them do not count. */
export function list(options: Common<readonly string[]>): Setting<readonly string[]> {
  return setting<readonly string[]>(
    options,
    'texts separated by commas',
    (value) => value.join(','),
    (given) =>
      given
        .split(',')
        .map((item) => item.trim())
        .filter((item) => item !== ''),
  );
}

/** From the variable, from the file that `<VARIABLE>_FILE` names, or from `{ "file": … }` in the config file. */
export function secret(options: Common<Secret>): Setting<Secret> {
  return setting(
    options,
    'secret',
    () => '[secret]',
    (given) => (given === '' ? undefined : new Secret(given)),
    true,
  );
}
