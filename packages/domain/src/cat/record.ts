/** A CAT record in memory: canonical field names, numbers as the text that will stand in the file. */
import { type CatEventType, type CatField, catFields, isCatEventType } from './dictionary.ts';

/** JSON NUMBER, kept as text: errorROEID has up to 20 digits, and a price must not pass through a double. */
export interface CatNumber {
  readonly number: string;
}
export type CatValue = string | boolean | CatNumber | readonly CatObject[];
export type CatObject = Readonly<{ [name: string]: CatValue | undefined }>;
/** One event; absent (or undefined) fields are not written. */
export type CatRecord = CatObject;

export function isCatNumber(value: CatValue | undefined): value is CatNumber {
  return typeof value === 'object' && 'number' in value;
}

/**
 * One JSON line without its line feed, fields in the order of their positions. A delete has only three fields
 * (spec: record delete); an unknown event type or field is a fault of the caller and throws.
 */
export function renderRecord(record: CatRecord): string {
  const type = record.type;
  if (typeof type === 'string' && isCatEventType(type)) return renderObject(record, catFields(type));
  if (record.actionType === 'DEL') return renderObject(record, DELETE_FIELDS);
  throw new TypeError(`no CAT event type in record ${String(record.firmROEID)}`);
}

/** What remains of the layout for actionType DEL. */
export const DELETE_FIELDS: readonly CatField[] = catFields('MEOT').slice(0, 3);

/** Fields of a record by its type and action; null for an event the dictionary does not hold. */
export function fieldsOf(record: CatRecord): readonly CatField[] | null {
  if (record.actionType === 'DEL') return DELETE_FIELDS;
  const type = record.type;
  return typeof type === 'string' && isCatEventType(type) ? catFields(type as CatEventType) : null;
}

function renderObject(object: CatObject, fields: readonly CatField[]): string {
  const known = new Set(fields.map(({ name }) => name));
  for (const name of Object.keys(object)) {
    if (object[name] !== undefined && !known.has(name))
      throw new TypeError(`CAT field ${name} is not defined`);
  }
  const members: string[] = [];
  for (const field of fields) {
    const value = object[field.name];
    if (value !== undefined) members.push(`${JSON.stringify(field.name)}:${renderValue(value, field)}`);
  }
  return `{${members.join(',')}}`;
}

function renderValue(value: CatValue, field: CatField): string {
  if (isCatNumber(value)) return value.number;
  if (typeof value !== 'object') return JSON.stringify(value);
  return `[${value.map((element) => renderObject(element, field.elements ?? [])).join(',')}]`;
}
