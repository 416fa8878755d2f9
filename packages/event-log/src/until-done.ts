import { NS_PER_MS } from '@tapeclock/domain';
import { type Clock, sleep } from '@tapeclock/ports';
import { LogError } from './log-error.ts';

const RETRY_DELAY_NS = 50n * NS_PER_MS;

/** Waits and repeats while the log refuses for now. Any other error, and the signal's reason, is thrown on. */
export async function untilDone<T>(
  ask: () => Promise<T>,
  patience: {
    readonly clock: Clock;
    readonly signal: AbortSignal;
    readonly onStall?: ((error: LogError) => void) | undefined;
  },
): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof LogError) || !error.retryable) throw error;
      patience.onStall?.(error);
      await sleep(patience.clock, RETRY_DELAY_NS, patience.signal);
    }
  }
}
