/** One line as CAT reads it. Numbers stay text: an error id has twenty digits. */
export type Read = { readonly [name: string]: ReadValue };
export type ReadValue = string | boolean | null | ReadNumber | readonly ReadValue[] | Read;

/** Kept apart from objects by its class. */
export class ReadNumber {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export function readLine(line: string): Read | null {
  try {
    const value: unknown = parse(line, (_name, item, { source }) =>
      typeof item === 'number' ? new ReadNumber(source ?? String(item)) : item,
    );
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && !(value instanceof ReadNumber) ? (value as Read) : null;
  } catch {
    return null;
  }
}

// The source text in a reviver is in Node 24 but not yet in TypeScript's library.
const parse = JSON.parse as unknown as (
  text: string,
  reviver: (name: string, item: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
