import type { Issue } from '../issue.ts';
import { catErrorCode } from './dictionary.ts';
import { type CatValue, isCatNumber } from './record.ts';

const VALUE_LENGTH_MAX = 200;

/** A CAT error code as an issue: code `CAT_2067`, meaning and remedy from the rulebook. */
export function catIssue(code: number, field: string, value: CatValue | undefined): Issue {
  const { meaning, action } = catErrorCode(code);
  return { code: `CAT_${code}`, field, value: valueText(value), message: meaning, action };
}

function valueText(value: CatValue | undefined): string {
  if (value === undefined) return '';
  if (isCatNumber(value)) return value.number;
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).slice(0, VALUE_LENGTH_MAX);
}
