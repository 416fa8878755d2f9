/**
 * Prices and quantities as scaled whole numbers. The scale is part of the field's name: `priceE8` counts
 * hundred-millionths of a dollar, `quantityE6` millionths of a share (CAT allows eight and six decimals).
 */
export const PRICE_SCALE = 8;
export const QUANTITY_SCALE = 6;

const PLAIN_DECIMAL = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

export type DecimalFault = 'NOT_A_DECIMAL' | 'TOO_MANY_DECIMALS' | 'TOO_LARGE';

/** Largest magnitude an Avro `long` and a SQLite integer can hold. */
const LONG_MAX = 2n ** 63n - 1n;

/**
 * Parses plain decimal text (no exponent, no NaN, no thousands marks) to `value × 10^scale`.
 * Digits beyond the scale are accepted only if they are zeros: money is never rounded silently.
 */
export function parseDecimal(text: string, scale: number): bigint | DecimalFault {
  const match = PLAIN_DECIMAL.exec(text);
  if (match === null) return /^-?\d{19,}(\.\d+)?$/.test(text) ? 'TOO_LARGE' : 'NOT_A_DECIMAL';
  const [, sign, whole = '', fraction = ''] = match;
  if (/[1-9]/.test(fraction.slice(scale))) return 'TOO_MANY_DECIMALS';
  const magnitude = BigInt(whole + fraction.slice(0, scale).padEnd(scale, '0'));
  if (magnitude > LONG_MAX) return 'TOO_LARGE';
  return sign === '-' ? -magnitude : magnitude;
}

/** Shortest plain text of a scaled value: `formatDecimal(1250000n, 6)` is `1.25`. */
export function formatDecimal(scaled: bigint, scale: number): string {
  const negative = scaled < 0n;
  const digits = (negative ? -scaled : scaled).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '');
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}
