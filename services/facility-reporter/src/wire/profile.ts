import type { Certainty, Facility, ShortSale, Side } from '@tapeclock/schemas';
import type { RetryClass } from '../core/reject-class.ts';

/**
 * How one facility wants its reports, as data: the real specifications are not public, so every choice says how sure
 * we are of it. A new facility is a new profile and no code. Shape of the files in `profiles/`.
 */
export interface FacilityProfile {
  readonly facility: Facility;
  readonly name: string;
  readonly about: string;
  readonly certainty: Certainty;
  readonly session: {
    /** CompID of the facility (56). */
    readonly targetCompId: string;
    /** Product code (57). */
    readonly targetSubId: string;
    readonly heartbeatSeconds: number;
    readonly certainty: Certainty;
  };
  readonly report: {
    /** Digits behind the second in TransactTime (60). */
    readonly timeFractionDigits: 0 | 3 | 6 | 9;
    /** Side (54) of the reporting party, and of its contra. */
    readonly sides: Readonly<Record<Side, readonly [own: string, contra: string]>>;
    /** Side (54) in place of the above for a marked short sale; null: not known how, so not sent. */
    readonly shortSale: Readonly<Record<Exclude<ShortSale, 'NONE'>, string>> | null;
    /** OrderCapacity (528). */
    readonly capacities: Readonly<Record<'AGENCY' | 'PRINCIPAL' | 'RISKLESS_PRINCIPAL', string>>;
    /** TradeModifier1–4. */
    readonly modifierTags: readonly [number, number, number, number];
    /** Second time of PRP and stop stock; null: tag not known, so not sent. */
    readonly referenceTimeTag: number | null;
    /** Whether the trade is published; null: not sent. */
    readonly publishTag: number | null;
    readonly memoTag: number | null;
    readonly certainty: Certainty;
  };
  readonly answer: {
    readonly controlNumberTag: number;
    readonly controlDateTag: number;
    readonly refControlNumberTag: number;
    readonly generatedModifierTag: number;
    readonly certainty: Certainty;
  };
  readonly query: {
    readonly supported: boolean;
    /** TradeRequestType (569). */
    readonly requestType: string;
    /** TradeRequestResult (749) with which a query that found nothing is answered. */
    readonly notFoundResults: readonly string[];
    readonly certainty: Certainty;
  };
  /** Codes whose class for us differs from the rulebook's list. */
  readonly rejectOverrides: Readonly<Record<string, RetryClass>>;
}
