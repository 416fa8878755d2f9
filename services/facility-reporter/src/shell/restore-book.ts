import { NS_PER_MINUTE, type Ns } from '@tapeclock/domain';
import { TOPICS } from '@tapeclock/schemas';
import { ReportBook } from '../core/book.ts';
import { ordersMissingSinceNs, restoreOutcome, restoreTrade } from '../core/restore.ts';
import { type LogReading, readThrough } from './read-log.ts';

/** A trade is appended a moment after it was decided, by another host's clock. */
const SLACK_NS = NS_PER_MINUTE;

/**
 * What the log knows of one partition's reports: outcomes as far back as the horizon, then the trades of those still
 * open. Returns also how far the outcomes were read.
 */
export async function restoreBook(
  reading: LogReading,
  partition: number,
  options: { readonly horizonNs: Ns; readonly reportsMax: number; readonly tradesEnd: bigint },
  signal: AbortSignal,
): Promise<{ readonly book: ReportBook; readonly outcomesEnd: bigint }> {
  const { log, clock } = reading;
  const book = new ReportBook(partition, options.reportsMax);
  const nowNs = clock.nowNs();
  const sinceNs = nowNs > options.horizonNs ? nowNs - options.horizonNs : 0n;
  const outcomes = TOPICS.reportsOutcome;
  const outcomesEnd = await readThrough(
    reading,
    outcomes,
    partition,
    {
      from: await log.offsetAt(outcomes, partition, sinceNs),
      end: await log.endOffset(outcomes, partition),
    },
    signal,
    (event) => restoreOutcome(book, event),
  );
  const missingNs = ordersMissingSinceNs(book);
  if (missingNs !== null) {
    const trades = TOPICS.tradesReportable;
    const fromNs = missingNs > SLACK_NS ? missingNs - SLACK_NS : 0n;
    const range = { from: await log.offsetAt(trades, partition, fromNs), end: options.tradesEnd };
    await readThrough(reading, trades, partition, range, signal, (event) => {
      if (event.type === 'TradeReportable') restoreTrade(book, event.event);
    });
  }
  return { book, outcomesEnd };
}
