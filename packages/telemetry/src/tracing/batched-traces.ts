import { NS_PER_MS } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { Metrics } from '../metrics/metrics.ts';
import { parseTraceparent } from './traceparent.ts';
import type { TradeTrace, TradeTraces } from './trade-trace.ts';

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

/** Collects finished trades and sends them in batches, one batch in flight at a time. */
export function batchedTraces(options: BatchedTracesOptions): BatchedTraces {
  const { clock, metrics, share, send, queueMax = QUEUE_MAX } = options;
  let queue: TradeTrace[] = [];
  let timer: Timer | null = null;
  let sending: Promise<void> | null = null;

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
    record(trade) {
      if (!kept(trade, share)) return;
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

/** Every trade that did not simply go well, and of the others the share whose trace ids fall below a line. */
function kept(trade: TradeTrace, share: number): boolean {
  const context = parseTraceparent(trade.traceparent);
  if (context === null) return false;
  if (trade.outcome !== 'accepted') return true;
  return Number.parseInt(context.traceId.slice(-8), 16) < share * SAMPLE_RANGE;
}
