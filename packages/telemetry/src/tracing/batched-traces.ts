import { NS_PER_MS } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { Metrics } from '../metrics/metrics.ts';
import { parseTraceparent } from './traceparent.ts';
import type { TradeOutcome, TradeTrace, TradeTraces } from './trade-trace.ts';

export interface BatchedTracesOptions {
  readonly clock: Clock;
  readonly metrics: Metrics;
  /** Share of the unremarkable trades to keep, 0 … 1; the same trade is kept or left in every process. */
  readonly share: number;
  /** Sends one batch; rejects when it could not. */
  readonly send: (trades: readonly TradeTrace[]) => Promise<void>;
  /** Beyond it trades are counted and forgotten: a dead collector must not fill our memory. @default 4096 */
  readonly queueMax?: number;
}

export interface BatchedTraces extends TradeTraces {
  /** Sends what is queued and waits for it. */
  flush(): Promise<void>;
}

const BATCH_MAX = 256;
const FLUSH_DELAY_NS = 500n * NS_PER_MS;
const QUEUE_MAX = 4096;
const SAMPLE_RANGE = 0x1_0000_0000;
/** Trades that were remarkable and are not finished; the oldest is forgotten first. */
const REMARKABLE_MAX = 10_000;

/**
 * Collects finished trades and sends them in batches, one batch in flight at a time. A trade that was warned of or in
 * doubt is not sent then but when it is finished, and says so: its spans have one id each, and a collector that gets
 * two spans of one id keeps the wrong one as likely as not.
 */
export function batchedTraces(options: BatchedTracesOptions): BatchedTraces {
  const { clock, metrics, share, send, queueMax = QUEUE_MAX } = options;
  let queue: TradeTrace[] = [];
  let timer: Timer | null = null;
  let sending: Promise<void> | null = null;
  const remarkable = new Map<string, TradeOutcome>();

  /** The trade as it is to be sent, or null where it is not: because it goes on, or is one of the many that went well. */
  const toSend = (trade: TradeTrace): TradeTrace | null => {
    const context = parseTraceparent(trade.traceparent);
    if (context === null) return null;
    const { traceId } = context;
    if (!FINISHED.has(trade.outcome)) {
      remarkable.delete(traceId);
      remarkable.set(traceId, trade.outcome);
      const [oldest] = remarkable.keys();
      if (remarkable.size > REMARKABLE_MAX && oldest !== undefined) remarkable.delete(oldest);
      return null;
    }
    const earlier = remarkable.get(traceId);
    remarkable.delete(traceId);
    if (trade.outcome !== 'accepted') return trade;
    if (earlier !== undefined) return { ...trade, outcome: earlier };
    return Number.parseInt(traceId.slice(-8), 16) < share * SAMPLE_RANGE ? trade : null;
  };
  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.slice(0, BATCH_MAX);
      queue = queue.slice(BATCH_MAX);
      try {
        await send(batch);
      } catch {
        metrics.count('tapeclock_traces_dropped_total', { cause: 'export_failed' }, batch.length);
      }
    }
  };
  const flush = async (): Promise<void> => {
    timer?.cancel();
    timer = null;
    sending ??= drain().finally(() => {
      sending = null;
    });
    await sending;
  };

  return {
    record(recorded) {
      const trade = toSend(recorded);
      if (trade === null) return;
      if (queue.length >= queueMax) {
        metrics.count('tapeclock_traces_dropped_total', { cause: 'queue_full' });
        return;
      }
      queue.push(trade);
      timer ??= clock.after(FLUSH_DELAY_NS, () => void flush());
    },
    flush,
  };
}

/** Outcomes after which nothing more comes of the same report. */
const FINISHED: ReadonlySet<TradeOutcome> = new Set(['accepted', 'late', 'rejected']);
