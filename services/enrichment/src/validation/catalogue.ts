import { amountRules } from './amount-rules.ts';
import { orderRules } from './order-rules.ts';
import { partyRules } from './party-rules.ts';
import type { ValidationRule } from './rule.ts';
import { symbolRules } from './symbol-rules.ts';
import { timeRules } from './time-rules.ts';
import { tradeRules } from './trade-rules.ts';

/** Every rule of a new or corrected execution, in the order in which issues are shown. */
export const validationRules: readonly ValidationRule[] = [
  ...timeRules,
  ...symbolRules,
  ...amountRules,
  ...partyRules,
  ...tradeRules,
  ...orderRules,
];

const CANCEL_CODES = new Set(['REFERENCE_ID_MISSING', 'REFERENCE_ID_ITSELF']);

/**
 * A cancel repeats little of its trade, and what it repeats does not count: the trade is taken as it was reported.
 * Its `executedAt` is the instant of the cancellation, from which its own window runs.
 */
export const cancelRules: readonly ValidationRule[] = [
  ...timeRules.filter(({ field }) => field === 'executedAt'),
  ...tradeRules.filter(({ code }) => CANCEL_CODES.has(code)),
];
