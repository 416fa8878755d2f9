/**
 * The server's clock as the board knows it: its messages say what time it was when they were made, and take a while to
 * come. The message that took least gives the best reading, so the greatest difference of the last ones is used.
 */
export interface ServerClock {
  /** `serverNowMs − monotonicMs` of the latest messages, oldest first. */
  readonly samples: readonly number[];
}

/** Enough to find a quick message; few enough to follow a clock that was stepped within half a minute. */
const SAMPLES_MAX = 30;
/** A difference this far from the others is a stepped clock, not a slow message. */
const STEP_MS = 5_000;

export const NO_SERVER_CLOCK: ServerClock = { samples: [] };

export function heard(clock: ServerClock, serverNowMs: number, monotonicMs: number): ServerClock {
  const sample = serverNowMs - monotonicMs;
  const offset = offsetMs(clock);
  if (offset !== null && Math.abs(sample - offset) > STEP_MS) return { samples: [sample] };
  return { samples: [...clock.samples, sample].slice(-SAMPLES_MAX) };
}

/** What to add to the monotonic clock; null before the first message. */
export function offsetMs(clock: ServerClock): number | null {
  return clock.samples.length === 0 ? null : Math.max(...clock.samples);
}
