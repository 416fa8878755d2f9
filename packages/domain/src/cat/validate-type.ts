/** Whether one value alone is well formed for its type (spec: data types). */
import type { CatField } from './dictionary.ts';
import { nsFromCatTimestamp } from './eastern-time.ts';
import { type CatValue, isCatNumber } from './record.ts';

/** The code to raise, or null where the value is fine. Objects are looked into elsewhere. */
export function valueFault(field: CatField, value: CatValue): number | null {
  const fault = field.errorCode ?? MALFORMED;
  switch (field.type) {
    case 'Boolean':
      return typeof value === 'boolean' ? null : fault;
    case 'Price':
      return fits(value, 10, 8) ? null : fault;
    case 'Real Quantity':
      return fits(value, 12, 6) && !hasTrailingZero(value) ? null : fault;
    case 'Whole Quantity':
      return fits(value, 12, 0) ? null : fault;
    case 'Unsigned':
      return fits(value, field.lengthMax ?? 20, 0) ? null : fault;
    case 'Timestamp':
      return isTimestamp(value) ? null : fault;
    case 'Choice':
      return typeof value === 'string' && field.values?.includes(value) === true ? null : fault;
    case 'CAT Reporter IMID':
    case 'Alphanumeric':
      return textFault(field, value, /^[A-Za-z0-9]+$/);
    case 'Industry Member ID':
      return textFault(field, value, /^\d+:[A-Za-z0-9]{1,7}$/);
    case 'Text':
    case 'Symbol':
    case 'Message Type':
      return textFault(field, value, /^.+$/s);
    case 'Trade Side Details':
    case 'Fulfillment Side Details':
      return Array.isArray(value) && value.length > 0 ? null : fault;
  }
}

const MALFORMED = 2134;
const FORBIDDEN_CHARACTER = 2136;
const RETIRED = 2207;

function textFault(field: CatField, value: CatValue, pattern: RegExp): number | null {
  if (field.name === 'retiredFieldPosition') return RETIRED;
  const fault = field.errorCode ?? MALFORMED;
  if (typeof value !== 'string') return fault;
  // Printable ASCII but for the separators of the CSV form: comma, bar, quote, at.
  if (!/^[\x20-\x7e]*$/.test(value) || /[,|"@]/.test(value)) return FORBIDDEN_CHARACTER;
  if (value.length > (field.lengthMax ?? Number.POSITIVE_INFINITY) || !pattern.test(value)) return fault;
  if (field.values !== undefined && !field.values.includes(value)) return fault;
  return null;
}

/** Numeric (a,b): up to a digits before and b after the point; a digit on both sides of it, no sign, no exponent. */
function fits(value: CatValue, wholeMax: number, fractionMax: number): boolean {
  if (!isCatNumber(value)) return false;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(value.number);
  if (match === null) return false;
  const [, whole = '', fraction = ''] = match;
  return whole.length <= wholeMax && fraction.length <= fractionMax;
}

function hasTrailingZero(value: CatValue): boolean {
  return isCatNumber(value) && /\.\d*0$/.test(value.number);
}

function isTimestamp(value: CatValue): boolean {
  if (isCatNumber(value)) return nsFromCatTimestamp(value.number, true) !== null;
  return typeof value === 'string' && value.length <= 25 && nsFromCatTimestamp(value, false) !== null;
}
