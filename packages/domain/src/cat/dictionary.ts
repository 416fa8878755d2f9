/**
 * The CAT field dictionary as the code uses it. The facts are data in `rulebook/cat/`; nothing here knows a field
 * by name except the types that say how a value looks.
 */
import errorCodes from '../../../../rulebook/cat/error-codes.json' with { type: 'json' };
import events from '../../../../rulebook/cat/events.json' with { type: 'json' };

export type CatEventType = 'MEOT' | 'MEOTS' | 'MEOF';

/** Spec section "data types": decides JSON form and what is well formed. */
export type CatType =
  | 'Alphanumeric'
  | 'Boolean'
  | 'CAT Reporter IMID'
  | 'Choice'
  | 'Fulfillment Side Details'
  | 'Industry Member ID'
  | 'Message Type'
  | 'Price'
  | 'Real Quantity'
  | 'Symbol'
  | 'Text'
  | 'Timestamp'
  | 'Trade Side Details'
  | 'Unsigned'
  | 'Whole Quantity';

export interface CatField {
  /** CSV position, e.g. `16`; elements of an object as `22.1.3`. JSON is written in this order too. */
  readonly no: string;
  readonly name: string;
  readonly type: CatType;
  /** Required, conditional, optional. */
  readonly required: 'R' | 'C' | 'O';
  readonly lengthMax?: number;
  readonly values?: readonly string[];
  /** Code CAT answers with when the value alone is wrong. */
  readonly errorCode?: number;
  readonly elementsMax?: number;
  readonly elementsErrorCode?: number;
  readonly elements?: readonly CatField[];
}

export interface CatErrorCode {
  readonly stage: string;
  readonly meaning: string;
  /** What a person does. */
  readonly action: string;
}

/** Version of the specification the dictionary was taken from; goes into metadata files as `fileVersion`. */
export const CAT_VERSION: string = events.version;

const FIELDS = events.events as unknown as Readonly<
  Record<CatEventType, { readonly fields: readonly CatField[] }>
>;

/** Fields of one event in their order. */
export function catFields(type: CatEventType): readonly CatField[] {
  return FIELDS[type].fields;
}

export function isCatEventType(type: string): type is CatEventType {
  return Object.hasOwn(FIELDS, type);
}

/** Meaning and remedy of a feedback code; an unknown code is answered honestly rather than dropped. */
export function catErrorCode(code: number): CatErrorCode {
  const known = (errorCodes.codes as Readonly<Record<string, CatErrorCode>>)[String(code)];
  return (
    known ?? {
      stage: 'unknown',
      meaning: `CAT error ${code}`,
      action: 'look the code up in Appendix E of the technical specifications',
    }
  );
}

/** Field that a single-field code is about; empty where it is about several or the record as a whole. */
export function catFieldOfCode(code: number): string {
  for (const field of FIELDS.MEOT.fields) {
    if (field.errorCode === code && field.name !== 'retiredFieldPosition') return field.name;
    const element = field.elements?.find((candidate) => candidate.errorCode === code);
    if (element !== undefined) return `${field.name}.${element.name}`;
  }
  return '';
}
