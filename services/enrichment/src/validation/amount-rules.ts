import { PRICE_SCALE, QUANTITY_SCALE } from '@tapeclock/domain';
import type { ValidationLimits } from './limits.ts';
import { present, type Reading } from './reading.ts';
import type { ValidationRule } from './rule.ts';

const ONE_SHARE_E6 = 10n ** BigInt(QUANTITY_SCALE);
const NOTIONAL_SCALE = 10n ** BigInt(PRICE_SCALE + QUANTITY_SCALE);

/** How many and at what price. */
export const amountRules: readonly ValidationRule[] = [
  {
    code: 'QUANTITY_MISSING',
    field: 'quantity',
    message: 'The quantity is missing.',
    action: 'Give the number of shares executed.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.quantity),
  },
  {
    code: 'QUANTITY_UNREADABLE',
    field: 'quantity',
    message: 'The quantity is not a plain decimal number.',
    action: 'Write digits and at most one point: no exponent, no thousands marks, no NaN.',
    kind: 'terminal',
    source: null,
    broken: ({ quantityE6 }) => quantityE6 === 'NOT_A_DECIMAL',
  },
  {
    code: 'QUANTITY_NOT_POSITIVE',
    field: 'quantity',
    message: 'The quantity is zero or negative.',
    action:
      'Give the shares as a positive number; the side says the direction. To undo a trade send a cancel.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ quantityE6 }) => typeof quantityE6 === 'bigint' && quantityE6 <= 0n,
  },
  {
    code: 'QUANTITY_TOO_LARGE',
    field: 'quantity',
    message: 'The quantity has more than eight digits before the point.',
    action: 'Check for a slipped digit; report a real trade of this size in parts, as executed.',
    kind: 'terminal',
    source: 'Trade Reporting Notice 3/22/24',
    broken: ({ quantityE6 }, limits) =>
      quantityE6 === 'TOO_LARGE' || (typeof quantityE6 === 'bigint' && quantityE6 > limits.quantityMaxE6),
  },
  {
    code: 'QUANTITY_TOO_MANY_DECIMALS',
    field: 'quantity',
    message: 'The quantity has more than six decimals.',
    action: 'Cut (do not round) the share fraction to six decimals.',
    kind: 'terminal',
    source: 'Trade Reporting Notice 3/22/24',
    broken: ({ quantityE6 }) => quantityE6 === 'TOO_MANY_DECIMALS',
  },
  {
    code: 'QUANTITY_FRACTION_IN_CLEARING',
    field: 'quantity',
    message: 'A clearing-only report cannot carry a fraction of a share.',
    action: 'Give whole shares; fractions are not sent to clearing.',
    kind: 'terminal',
    source: 'Trade Reporting Notice 3/22/24',
    broken: (reading) => isFraction(reading) && reading.reportType === 'CLEARING_ONLY',
  },
  {
    code: 'QUANTITY_FRACTION_FOR_CLASS',
    field: 'quantity',
    message: 'Restricted equity and partnership units are not traded in fractions.',
    action: 'Give whole units.',
    kind: 'terminal',
    source: null,
    broken: (reading) =>
      isFraction(reading) &&
      (reading.security?.symbolClass === 'RESTRICTED_144A' || reading.security?.symbolClass === 'DPP'),
  },
  {
    code: 'PRICE_MISSING',
    field: 'price',
    message: 'The price is missing.',
    action: 'Give the price per share, without commission, mark-up or mark-down.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ fields }) => !present(fields.price),
  },
  {
    code: 'PRICE_UNREADABLE',
    field: 'price',
    message: 'The price is not a plain decimal number.',
    action: 'Write digits and at most one point: no exponent, no currency sign, no NaN.',
    kind: 'terminal',
    source: null,
    broken: ({ priceE8 }) => priceE8 === 'NOT_A_DECIMAL',
  },
  {
    code: 'PRICE_NOT_POSITIVE',
    field: 'price',
    message: 'The price is zero or negative.',
    action: 'Give the price per share. A transfer for nothing may not be reportable: ask compliance.',
    kind: 'terminal',
    source: 'Rule 7130(d)',
    broken: ({ priceE8 }) => typeof priceE8 === 'bigint' && priceE8 <= 0n,
  },
  {
    code: 'PRICE_TOO_MANY_DECIMALS',
    field: 'price',
    message: 'The price has more decimals than a facility takes.',
    action: 'Give the price with at most six decimals, cut as your average-price procedure says.',
    kind: 'terminal',
    source: 'Facility specification, LastPx (31)',
    broken: ({ priceE8 }, limits) => priceE8 === 'TOO_MANY_DECIMALS' || isFinerThan(priceE8, limits),
  },
  {
    code: 'PRICE_TOO_LARGE',
    field: 'price',
    message: 'The price is beyond anything that trades.',
    action: 'Check for a slipped point, or a total given in place of a price per share.',
    kind: 'terminal',
    source: null,
    broken: ({ priceE8 }, limits) =>
      priceE8 === 'TOO_LARGE' || (typeof priceE8 === 'bigint' && priceE8 > limits.priceMaxE8),
  },
  {
    code: 'NOTIONAL_ABSURD',
    field: 'price',
    message: 'Price times quantity is beyond any real trade.',
    action: 'Check price and quantity; they may have been exchanged.',
    kind: 'terminal',
    source: null,
    broken: ({ priceE8, quantityE6 }, limits) =>
      typeof priceE8 === 'bigint' &&
      typeof quantityE6 === 'bigint' &&
      priceE8 <= limits.priceMaxE8 &&
      quantityE6 <= limits.quantityMaxE6 &&
      priceE8 * quantityE6 > limits.notionalMax * NOTIONAL_SCALE,
  },
];

function isFraction({ quantityE6 }: Reading): boolean {
  return typeof quantityE6 === 'bigint' && quantityE6 % ONE_SHARE_E6 !== 0n;
}

function isFinerThan(priceE8: Reading['priceE8'], limits: ValidationLimits): boolean {
  return typeof priceE8 === 'bigint' && priceE8 % 10n ** BigInt(PRICE_SCALE - limits.priceDecimalsMax) !== 0n;
}
