import { NS_PER_DAY, NS_PER_MS, type Ns } from '@tapeclock/domain';

/** Limits that the rules compare with. All of them are settings, because facilities change theirs. */
export interface ValidationLimits {
  /** How far an execution time may lie ahead of our clock. Two hosts within 50 ms (4590), and some slack. @default 1 s */
  readonly futureToleranceNs: Ns;
  /** Executions older than this are taken for a wrong date. As/of reports go back years, not decades. @default 732 days */
  readonly ancientAfterNs: Ns;
  /** An order older than this when executed is taken for a wrong date. @default 732 days */
  readonly orderAncientAfterNs: Ns;
  /** Largest price, scaled by 10^8. @default 9,999,999.999999 */
  readonly priceMaxE8: bigint;
  /** Decimals a facility takes in a price. @default 6 */
  readonly priceDecimalsMax: number;
  /** Largest quantity, scaled by 10^6; eight digits before the point. @default 99,999,999.999999 */
  readonly quantityMaxE6: bigint;
  /** Price times quantity in whole dollars beyond which a typing error is assumed. @default 50,000,000,000 */
  readonly notionalMax: bigint;
  /** Characters of the memo. 10 fit the private text (58) and the longer memo (5149) alike. @default 10 */
  readonly memoLengthMax: number;
  readonly branchSequenceLengthMax: number;
  /** CAT firmDesignatedID. */
  readonly accountLengthMax: number;
  /** CAT orderID. */
  readonly orderIdLengthMax: number;
  /** Any other text field. */
  readonly textLengthMax: number;
}

export const DEFAULT_LIMITS: ValidationLimits = {
  futureToleranceNs: 1_000n * NS_PER_MS,
  ancientAfterNs: 732n * NS_PER_DAY,
  orderAncientAfterNs: 732n * NS_PER_DAY,
  priceMaxE8: 9_999_999_999_999_00n,
  priceDecimalsMax: 6,
  quantityMaxE6: 99_999_999_999_999n,
  notionalMax: 50_000_000_000n,
  memoLengthMax: 10,
  branchSequenceLengthMax: 8,
  accountLengthMax: 40,
  orderIdLengthMax: 64,
  textLengthMax: 256,
};
