import { NS_PER_MS } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import { readBell, watchBell } from './doorbell.ts';

export interface TopicWakeups {
  add(wake: () => void): () => void;
  /** This process has appended: its consumers learn it without the way through the kernel. */
  appended(total: bigint): void;
  close(): void;
}

/** A writer killed between its commit and the bell leaves records that nobody announced. This finds them. */
const RECHECK_NS = 500n * NS_PER_MS;

export interface TopicWakeupsOptions {
  readonly bellPath: string;
  readonly clock: Clock;
  /** Whether the topic's file has changed since last asked. */
  readonly changed: () => boolean;
  readonly onTrouble: (error: Error) => void;
}

/** Wakes the readers of one topic. Watches the bell only while somebody wants to be woken. */
export function topicWakeups({ bellPath, clock, changed, onTrouble }: TopicWakeupsOptions): TopicWakeups {
  const wakers = new Set<{ readonly wake: () => void }>();
  let unwatch: (() => void) | null = null;
  let timer: Timer | null = null;
  let knownTotal = -1n;

  const wakeAll = (): void => {
    for (const entry of [...wakers]) if (wakers.has(entry)) entry.wake();
  };
  const rung = (): void => {
    const total = readBell(bellPath);
    if (total !== null && total <= knownTotal) return;
    if (total !== null) knownTotal = total;
    wakeAll();
  };
  const recheck = (): void => {
    timer = clock.after(RECHECK_NS, recheck);
    try {
      if (changed()) wakeAll();
    } catch (error) {
      onTrouble(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const start = (): void => {
    unwatch = watchBell(bellPath, rung, onTrouble);
    timer = clock.after(RECHECK_NS, recheck);
  };
  const stop = (): void => {
    unwatch?.();
    timer?.cancel();
    unwatch = null;
    timer = null;
  };

  return {
    add(wake) {
      if (wakers.size === 0) start();
      const entry = { wake };
      wakers.add(entry);
      return () => {
        if (wakers.delete(entry) && wakers.size === 0) stop();
      };
    },
    appended(total) {
      if (total > knownTotal) knownTotal = total;
      wakeAll();
    },
    close() {
      wakers.clear();
      stop();
    },
  };
}
