import type { StageStamps } from '@tapeclock/schemas';

/** What became of a trade, as a trace tells it. */
export const TRADE_OUTCOMES = ['accepted', 'late', 'warned', 'rejected', 'inDoubt', 'held'] as const;
export type TradeOutcome = (typeof TRADE_OUTCOMES)[number];

/** One trade whose stage stamps are known: everything its spans are made of, after the fact. */
export interface TradeTrace {
  /** `meta.traceparent` of the events; trades without one are not traced. */
  readonly traceparent: string | null;
  readonly stamps: StageStamps;
  readonly outcome: TradeOutcome;
  readonly executionId: string;
  readonly lineageId: string;
  readonly reportId: string | null;
  readonly facility: string | null;
}

/**
 * Takes trades whenever something became of them. Costs the caller one decision and one push into a bounded queue; spans are made in
 * batches off the hot path, for every trade that matters (anything but `accepted`) and a share of the others.
 */
export interface TradeTraces {
  record(trade: TradeTrace): void;
}

/** Keeps nothing: for the simulation, tests, and processes without an exporter. */
export const silentTraces: TradeTraces = { record() {} };
