import type { TradeOutcome, TradeTrace } from '../../src/index.ts';

export const T = 1_795_532_400_000_000_000n;
export const MS = 1_000_000n;

/** A trade that took 9 ms from execution to answer; the trace id ends in `tail`. */
export function sampleTrade(tail: string, outcome: TradeOutcome = 'accepted'): TradeTrace {
  return {
    traceparent: `00-${tail.padStart(32, 'a')}-00f067aa0ba902b7-01`,
    stamps: {
      executedNs: T,
      receivedNs: T + 2n * MS,
      loggedNs: T + 3n * MS,
      enrichedNs: T + 4n * MS,
      intendedNs: T + 6n * MS,
      sentNs: T + 6n * MS + 1n,
      answeredNs: T + 9n * MS,
      facilityNs: T + 8n * MS,
      clockOffsetNs: null,
    },
    outcome,
    executionId: 'X1',
    lineageId: 'L1',
    reportId: 'N1',
    facility: 'ADF',
  };
}
