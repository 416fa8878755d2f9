import type { PlacedEvent, UnreadableRecord } from './placed-event.ts';
import type { TradeRecord } from './projection/trade-record.ts';
import type { ReadModelQueries } from './queries/read-model-queries.ts';

/** What a batch changed, for the live feed. */
export interface AppliedBatch {
  /** Events that were new. */
  readonly applied: number;
  readonly trades: readonly TradeRecord[];
  /** Executions that owed a report before the batch. */
  readonly wasOpen: ReadonlySet<string>;
  readonly repairIds: readonly string[];
  /** Reports that were or are in doubt or held. */
  readonly inDoubtIds: readonly string[];
  readonly alertIds: readonly string[];
  readonly catFileNames: readonly string[];
  readonly deadLetterIds: readonly string[];
  /** Subjects of human acts. */
  readonly actedOn: readonly string[];
  /** Sessions or forecasts changed. */
  readonly operations: boolean;
}

/**
 * What the dashboard reads. An implementer must guarantee:
 * - a batch and the positions after it become visible together or not at all;
 * - an event that is given twice (by its id or its place) counts once;
 * - events of one topic and partition are given in order; between topics, and however batches are cut, any order
 *   leads to the same rows. So a model that is built anew equals one that was kept.
 * Nothing in it is truth: it may be dropped at any time and is built anew from the log.
 */
export interface ReadModel {
  /** True when it was empty or of another version at opening. */
  readonly fresh: boolean;
  /** Next offset to read, by `topic/partition` (`placeKey`); nothing for places never read. */
  positions(): Promise<ReadonlyMap<string, bigint>>;
  apply(batch: readonly (PlacedEvent | UnreadableRecord)[]): Promise<AppliedBatch>;
  readonly queries: ReadModelQueries;
  /** Drops everything and starts empty. */
  reset(): Promise<void>;
  close(): Promise<void>;
}
