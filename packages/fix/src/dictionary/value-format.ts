import { type FieldView, parseUtcTimestamp } from '../codec/index.ts';

const WHOLE = /^-?\d+$/;
const COUNT = /^\d+$/;
const DECIMAL = /^-?(\d+\.?\d*|\.\d+)$/;
const DATE = /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/;

/** How a value of each type reads. Types not named here are text: anything at all. */
const FORMS: Readonly<Record<string, RegExp>> = {
  INT: WHOLE,
  LENGTH: COUNT,
  NUMINGROUP: COUNT,
  SEQNUM: COUNT,
  DAYOFMONTH: /^(0?[1-9]|[12]\d|3[01])$/,
  FLOAT: DECIMAL,
  PRICE: DECIMAL,
  PRICEOFFSET: DECIMAL,
  QTY: DECIMAL,
  QUANTITY: DECIMAL,
  AMT: DECIMAL,
  PERCENTAGE: DECIMAL,
  CHAR: /^.$/su,
  BOOLEAN: /^[YN]$/,
  UTCTIMEONLY: /^([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d{1,12})?$/,
  UTCDATEONLY: DATE,
  UTCDATE: DATE,
  LOCALMKTDATE: DATE,
  MONTHYEAR: /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01]|w[1-5])?$/,
  TZTIMEONLY: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d{2}(:[0-5]\d)?)?$/,
  TZTIMESTAMP:
    /^\d{4}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])-([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,12})?)?(Z|[+-]\d{2}(:[0-5]\d)?)?$/,
};

/** Whether the value of the field at `position` reads as its type wants. */
export function isWellFormed(type: string, fields: FieldView, position: number): boolean {
  if (type === 'UTCTIMESTAMP' || type === 'TIME') {
    const value = fields.valueAt(position);
    return parseUtcTimestamp(value, 0, value.length) !== null;
  }
  const form = FORMS[type];
  return form === undefined || form.test(fields.textAt(position));
}

/** Whether the type is a list of values, each of which has to be allowed. */
export function isList(type: string): boolean {
  return type.startsWith('MULTIPLE');
}
