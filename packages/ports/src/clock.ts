import type { Ns } from '@tapeclock/domain';

/** A pending call; `cancel` is idempotent and harmless after the call has run. */
export interface Timer {
  cancel(): void;
}

/**
 * The only way to know or wait for time. The system clock, the demo clock (shifted to a trading day) and the
 * simulation's virtual clock implement it.
 */
export interface Clock {
  /** UTC instant. May step back: never use it to measure an interval. */
  nowNs(): Ns;
  /** Nanoseconds on a clock that never steps back; only differences mean anything. */
  monotonicNs(): Ns;
  /** Calls `run` once, no earlier than `delayNs` from now on the monotonic clock. Never calls synchronously. */
  after(delayNs: Ns, run: () => void): Timer;
}

/** Resolves after `delayNs`, or rejects with the signal's reason when aborted first. */
export function sleep(clock: Clock, delayNs: Ns, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const timer = clock.after(delayNs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    const onAbort = () => {
      timer.cancel();
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
