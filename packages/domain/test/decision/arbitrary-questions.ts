/** Arbitrary questions about the years a rulebook covers, half of them near an edge of some band, where mistakes live. */
import fc from 'fast-check';
import {
  CHANGES,
  FACILITIES,
  NS_PER_DAY,
  NS_PER_HOUR,
  NS_PER_MINUTE,
  NS_PER_SECOND,
  QUESTION_KINDS,
  QUESTION_REPORT_TYPES,
  QUESTION_TRADE_TYPES,
  type Question,
  ROLES,
  SYMBOL_CLASSES,
  VENUES,
} from '../../src/index.ts';

/** From the rulebook's first Eastern midnight to its last instant, written out so that no code under test is asked. */
export const FIRST = 1_735_707_600_000_000_000n;
export const LAST = 1_861_937_999_999_999_999n;

export const instants = fc.oneof(
  fc.bigInt({ min: FIRST, max: LAST }),
  fc
    .tuple(
      fc.integer({ min: 0, max: 1460 }),
      fc.constantFrom(0n, 4n, 8n, 9n, 13n, 16n, 17n, 18n, 20n),
      fc.constantFrom(0n, 30n),
      fc.bigInt({ min: -20n, max: 20n }),
      fc.constantFrom(1n, NS_PER_SECOND),
    )
    .map(([day, hour, minute, offset, unit]) => {
      const instant =
        FIRST + BigInt(day) * NS_PER_DAY + hour * NS_PER_HOUR + minute * NS_PER_MINUTE + offset * unit;
      return instant < FIRST ? FIRST : instant;
    }),
);

export interface Place {
  readonly facility: Question['facility'];
  readonly symbolClass: Question['symbolClass'];
}

/** A facility and a security that it takes. */
export const places: fc.Arbitrary<Place> = fc.oneof(
  fc.record({
    facility: fc.constantFrom(
      'ADF' as const,
      'TRF_CARTERET' as const,
      'TRF_CHICAGO' as const,
      'TRF_NYSE' as const,
    ),
    symbolClass: fc.constant('NMS' as const),
  }),
  fc.record({
    facility: fc.constant('ORF' as const),
    symbolClass: fc.constantFrom('OTC_EQUITY' as const, 'RESTRICTED_144A' as const, 'DPP' as const),
  }),
);

export const questions = fc.record({
  kind: fc.constantFrom(...QUESTION_KINDS),
  facility: fc.constantFrom(...FACILITIES),
  symbolClass: fc.constantFrom(...SYMBOL_CLASSES),
  executedNs: instants,
  venue: fc.constantFrom(...VENUES),
  role: fc.constantFrom(...ROLES),
  ownershipChange: fc.boolean(),
  reportType: fc.constantFrom(...QUESTION_REPORT_TYPES),
  tradeType: fc.constantFrom(...QUESTION_TRADE_TYPES),
  reportedNs: fc.option(instants),
  originalReportedNs: fc.option(instants),
  eventNs: fc.option(instants),
  changes: fc.subarray([...CHANGES]),
});

/** What a party must send somewhere: the party, the venue and the security are such that there is a duty. */
export const duties = fc
  .tuple(places, instants, fc.constantFrom(...QUESTION_KINDS), fc.bigInt({ min: 0n, max: 5n * NS_PER_DAY }))
  .map(([place, executedNs, kind, gap]): Question => {
    const undoes = kind !== 'new' && kind !== 'contra';
    return { kind, ...place, executedNs, ...(undoes ? { eventNs: executedNs + gap } : {}) };
  });
