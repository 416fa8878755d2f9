/** The browser's monotonic clock and timers: the one place that reads them. What time it *is*, the server tells. */
export interface BrowserClock {
  /** Milliseconds since the page began; never steps. */
  monotonicMs(): number;
  /** Runs once after so many milliseconds; the result takes it back. */
  after(delayMs: number, run: () => void): () => void;
  /** Runs before the next paint, or not at all while the page is hidden; the result takes it back. */
  frame(run: () => void): () => void;
}

export const browserClock: BrowserClock = {
  monotonicMs: () => performance.now(),
  after(delayMs, run) {
    const id = setTimeout(run, delayMs);
    return () => clearTimeout(id);
  },
  frame(run) {
    const id = requestAnimationFrame(run);
    return () => cancelAnimationFrame(id);
  },
};
