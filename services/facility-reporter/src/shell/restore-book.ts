import { NS_PER_MINUTE, NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type AnyEvent, TOPICS } from '@tapeclock/schemas';
import { ReportBook } from '../core/book.ts';
import { ordersMissingSinceNs, restoreOutcome, restoreTrade } from '../core/restore.ts';
import { type LogReading, newestNs, readThrough } from './read-log.ts';
import type { BookAhead } from './reports-ahead.ts';

/** Stamps and the log's own times come from different hosts, and a trade is appended a moment after it was decided. */
const SLACK_NS = NS_PER_MINUTE;
const ORDER_SLACK_NS = [5n * NS_PER_SECOND, SLACK_NS] as const;
/** Read before anything else, back from the newest outcome; what is under way at a crash lies within. */
const RECENT_NS = 3n * NS_PER_MINUTE;
/** Between batches of older outcomes, so that reporting goes on beside. */
const PAUSE_NS = 5n * NS_PER_MS;
const OUTCOMES = TOPICS.reportsOutcome;

export interface RestoredBook {
  readonly book: ReportBook;
  /** How far the outcomes were read. */
  readonly outcomesEnd: bigint;
  /** Reads the rest of the horizon; null where the book is whole already. */
  readonly readOlder: (() => Promise<ReportBook>) | null;
}

/**
 * What the log knows of one partition's reports: outcomes, then the trades of those still open. The last minutes come
 * first, so that taking over does not take longer the longer the day has been; `readOlder` brings the rest.
 */
export async function restoreBook(
  reading: LogReading,
  partition: number,
  options: { readonly horizonNs: Ns; readonly reportsMax: number; readonly tradesEnd: bigint },
  signal: AbortSignal,
  ahead: BookAhead | null = null,
): Promise<RestoredBook> {
  if (ahead !== null) return continueBook(reading, ahead, options.tradesEnd, signal);
  const { log, clock } = reading;
  const { reportsMax, tradesEnd, horizonNs } = options;
  const nowNs = clock.nowNs();
  const horizonFromNs = nowNs > horizonNs ? nowNs - horizonNs : 0n;
  const lastNs = (await newestNs(reading, OUTCOMES, partition)) ?? 0n;
  const recentFromNs = lastNs > horizonFromNs + RECENT_NS ? lastNs - RECENT_NS : horizonFromNs;
  const horizonFrom = await log.offsetAt(OUTCOMES, partition, horizonFromNs);
  const recentFrom = await log.offsetAt(OUTCOMES, partition, recentFromNs);
  const end = await log.endOffset(OUTCOMES, partition);

  const read = async (from: bigint, to: bigint, later: ReportBook | null) => {
    const pauseNs = later === null ? null : PAUSE_NS;
    const book = new ReportBook(partition, reportsMax);
    const range = { from, end: to };
    const outcomesEnd = await readThrough(
      reading,
      OUTCOMES,
      partition,
      range,
      signal,
      (event) => restoreOutcome(book, event),
      pauseNs,
    );
    await readOrders(reading, book, later, tradesEnd, signal, pauseNs);
    return { book, outcomesEnd };
  };

  const { book, outcomesEnd } = await read(recentFrom, end, null);
  if (recentFrom <= horizonFrom) return { book, outcomesEnd, readOlder: null };
  book.knownSinceNs = recentFromNs + SLACK_NS;
  return {
    book,
    outcomesEnd,
    readOlder: async () => (await read(horizonFrom, recentFrom, book)).book,
  };
}

/** A book that was read ahead knows the whole horizon: only what came since is missing. */
async function continueBook(
  reading: LogReading,
  { book, outcomesEnd: from }: BookAhead,
  tradesEnd: bigint,
  signal: AbortSignal,
): Promise<RestoredBook> {
  const end = await reading.log.endOffset(OUTCOMES, book.partition);
  const outcomesEnd = await readThrough(reading, OUTCOMES, book.partition, { from, end }, signal, (event) =>
    restoreOutcome(book, event),
  );
  await readOrders(reading, book, null, tradesEnd, signal, null);
  return { book, outcomesEnd, readOlder: null };
}

/**
 * Trades of the reports that are still open: what they report is needed to send them, or to have them mended. Looked for
 * near the time they were decided; only clocks that disagree widely make a second, longer look necessary.
 */
async function readOrders(
  reading: LogReading,
  book: ReportBook,
  later: ReportBook | null,
  tradesEnd: bigint,
  signal: AbortSignal,
  pauseNs: Ns | null,
): Promise<void> {
  const trades = TOPICS.tradesReportable;
  let end = tradesEnd;
  for (const slackNs of ORDER_SLACK_NS) {
    const missingNs = ordersMissingSinceNs(book, later);
    if (missingNs === null) return;
    const fromNs = missingNs > slackNs ? missingNs - slackNs : 0n;
    const from = await reading.log.offsetAt(trades, book.partition, fromNs);
    const take = (event: AnyEvent) => {
      if (event.type === 'TradeReportable') restoreTrade(book, event.event);
    };
    await readThrough(reading, trades, book.partition, { from, end }, signal, take, pauseNs);
    if (from < end) end = from;
  }
}
