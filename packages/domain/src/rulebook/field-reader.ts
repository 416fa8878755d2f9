/**
 * Reads one JSON object of the rulebook strictly: every key known, every value of its kind, every fault noted
 * with its path. Reading goes on after a fault with a stand-in value, so that an editor sees all of them at once.
 */
import { dayNumberFromDate, type EasternDate, nsOfDayFromText } from '../calendar/eastern.ts';
import { NS_PER_DAY, type Ns } from '../ns.ts';
import type { FaultList } from './fault-list.ts';

export class FieldReader {
  readonly file: string;
  readonly path: string;
  readonly #record: Readonly<Record<string, unknown>>;
  readonly #faults: FaultList;
  readonly #used = new Set<string>();

  constructor(faults: FaultList, file: string, path: string, value: unknown) {
    this.file = file;
    this.path = path;
    this.#faults = faults;
    const isRecord = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (!isRecord) this.fault('', value, 'an object was expected', 'Write { … } here.');
    this.#record = isRecord ? (value as Record<string, unknown>) : {};
  }

  /** True where the key is given and not null; asking makes it a known key. */
  has(key: string): boolean {
    this.#used.add(key);
    return this.#record[key] !== undefined && this.#record[key] !== null;
  }

  raw(key: string): unknown {
    this.#used.add(key);
    return this.#record[key];
  }

  text(key: string): string {
    const value = this.raw(key);
    if (typeof value === 'string' && value.trim() !== '') return value;
    this.fault(key, value, 'a text is missing', `Give "${key}" a text that is not empty.`);
    return '';
  }

  textOrNull(key: string): string | null {
    return this.has(key) ? this.text(key) : null;
  }

  flag(key: string): boolean {
    const value = this.raw(key);
    if (typeof value === 'boolean') return value;
    this.fault(key, value, 'true or false was expected', `Write true or false for "${key}".`);
    return false;
  }

  wholeNumber(key: string, min: number, max: number): number {
    const value = this.raw(key);
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max)
      return value;
    this.fault(key, value, 'a whole number was expected', `Write a whole number from ${min} to ${max}.`);
    return min;
  }

  oneOf<Name extends string>(key: string, allowed: readonly Name[]): Name {
    return this.#allowed(key, this.raw(key), allowed);
  }

  /** A list, not empty, of names out of `allowed`; the text `ALL` stands for every one. */
  namesOf<Name extends string>(key: string, allowed: readonly Name[]): readonly Name[] {
    const value = this.raw(key);
    if (value === 'ALL') return allowed;
    if (!Array.isArray(value) || value.length === 0) {
      this.fault(key, value, 'a list of names was expected', `List one or more of ${allowed.join(', ')}.`);
      return [];
    }
    return value.map((name, index) => this.#allowed(`${key}[${index}]`, name, allowed));
  }

  texts(key: string): readonly string[] {
    const value = this.raw(key);
    if (
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((text) => typeof text === 'string' && text !== '')
    ) {
      return value as string[];
    }
    this.fault(key, value, 'a list of texts is missing', `Give "${key}" at least one text.`);
    return [];
  }

  date(key: string): EasternDate {
    const value = this.raw(key);
    if (typeof value === 'string' && dayNumberFromDate(value) !== null) return value;
    this.fault(key, value, 'no such date', 'Write a real calendar date as YYYY-MM-DD.');
    return '1970-01-01';
  }

  dateOrNull(key: string): EasternDate | null {
    return this.has(key) ? this.date(key) : null;
  }

  /** `16:00` or `16:00:05` as nanoseconds past midnight; `eve 21:00` is on the day before, and negative. */
  wallTime(key: string): Ns {
    const value = this.raw(key);
    const text = typeof value === 'string' ? value : '';
    const eve = text.startsWith('eve ');
    const ns = nsOfDayFromText(eve ? text.slice(4) : text);
    if (ns !== null) return eve ? ns - NS_PER_DAY : ns;
    const action =
      'Write HH:MM or HH:MM:SS from 00:00 to 24:00, Eastern time; "eve 21:00" is the day before.';
    this.fault(key, value, 'no time of day', action);
    return 0n;
  }

  /** An object whose keys are others' to judge. */
  record(key: string): Readonly<Record<string, unknown>> {
    const value = this.raw(key);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
    this.fault(key, value, 'an object was expected', `Give "${key}" as { … }.`);
    return {};
  }

  object(key: string): FieldReader {
    return new FieldReader(this.#faults, this.file, this.#at(key), this.raw(key));
  }

  /** Names every key that nothing asked for: a misspelt key must not be a rule that silently does nothing. */
  refuseUnknownKeys(): void {
    for (const key of Object.keys(this.#record)) {
      if (!this.#used.has(key))
        this.fault(key, this.#record[key], 'unknown key', 'Remove it or correct its name.');
    }
  }

  fault(key: string, value: unknown, message: string, action: string): void {
    const found = value === undefined ? '' : (JSON.stringify(value) ?? '').slice(0, 80);
    this.#faults.at(this.file, this.#at(key), { value: found, message, action });
  }

  #allowed<Name extends string>(key: string, value: unknown, allowed: readonly Name[]): Name {
    const found = allowed.find((name) => name === value);
    if (found !== undefined) return found;
    this.fault(key, value, 'unknown name', `Use one of ${allowed.join(', ')}.`);
    return allowed[0] as Name;
  }

  #at(key: string): string {
    if (key === '') return this.path;
    return this.path === '' ? key : `${this.path}.${key}`;
  }
}
