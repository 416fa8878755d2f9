/**
 * How values travel. Money, quantities and instants are text, so that no reader in between makes a float of
 * them; a second field ending in `Ms` stands beside an instant where the board has to compute (sort, count down).
 */
import { type Static, type TSchema, Type } from 'typebox';

/** RFC 3339, UTC, always nine fraction digits, e.g. `2025-03-04T15:00:00.123456789Z`; text order is time order. */
export const Instant = Type.String({ description: 'RFC 3339 instant, UTC, nine fraction digits' });
/** Milliseconds since the epoch, cut (not rounded) to whole ones. Compare with `serverNowMs`, never with the browser's clock. */
export const EpochMs = Type.Integer({ description: 'Milliseconds since the epoch, UTC' });
/** A span in milliseconds with up to three decimals (microseconds). */
export const DurationMs = Type.Number({ description: 'Span in milliseconds, three decimals at most' });
/** Plain decimal text without exponent, e.g. `187.25`. */
export const Decimal = Type.String({ description: 'Plain decimal text' });
export const Count = Type.Integer({ minimum: 0 });

export const Nullable = <Schema extends TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);
/** A closed set of words. */
export const OneOf = <const Words extends readonly string[]>(words: Words, description = '') =>
  Type.Unsafe<Words[number]>({ type: 'string', enum: [...words], description });

export const FacilityName = OneOf(
  ['ADF', 'TRF_CARTERET', 'TRF_CHICAGO', 'TRF_NYSE', 'ORF'],
  'Where a trade is reported',
);

/** Opaque; taken from `nextCursor` of the page before. */
export const Cursor = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_-]+$' });
export const PageQuery = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 })),
  cursor: Type.Optional(Cursor),
};
/** One page: `nextCursor` is null on the last one. `serverNowMs` is the (demo) clock when the page was made. */
export const page = <Schema extends TSchema>(item: Schema) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Cursor), serverNowMs: EpochMs });

export const Issue = Type.Object({
  code: Type.String({ description: 'Stable code, e.g. EXECUTION_TIME_MISSING' }),
  field: Type.String(),
  value: Type.String(),
  message: Type.String(),
  action: Type.String({ description: 'What to do, in the imperative' }),
});
export type IssueView = Static<typeof Issue>;

/** Bytes for people: `text` has control characters and what is no UTF-8 escaped as `\x01`; FIX's SOH shows as `|`. */
export const RawBytes = Type.Object({
  format: Type.String({ description: 'fix, json, csv' }),
  text: Type.String(),
  hex: Type.String(),
  bytes: Count,
});
export type RawBytesView = Static<typeof RawBytes>;
