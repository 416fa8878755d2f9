/**
 * Reads JSON without losing digits: numbers become `{ number: text }`, as they stand in the source. `errorROEID` and
 * nanosecond timestamps are beyond what a double holds.
 */
import type { CatNumber } from './record.ts';

export type LosslessJson = string | boolean | null | CatNumber | readonly LosslessJson[] | LosslessObject;
export interface LosslessObject {
  readonly [name: string]: LosslessJson;
}

/** `null` where the text is not one JSON object. */
export function parseLossless(text: string): LosslessObject | null {
  try {
    const value: unknown = parse(text, (_key, item, context) =>
      typeof item === 'number' ? { number: context.source ?? String(item) } : item,
    );
    return isObject(value) ? (value as LosslessObject) : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

// The source text in a reviver (ECMAScript 2026) is in Node 24 but not yet in TypeScript's library.
const parse = JSON.parse as unknown as (
  text: string,
  reviver: (key: string, item: unknown, context: { readonly source?: string }) => unknown,
) => unknown;
