import type { LogPosition } from '../event-log.ts';

export interface CommitQueue {
  commit(positions: readonly LogPosition[]): Promise<void>;
  /** Resolves when nothing is under way. Never rejects. */
  idle(): Promise<void>;
}

/**
 * At most one commit is under way; what is asked meanwhile is merged, the last word per partition winning. A consumer
 * may so commit after every record without making the coordinator write more often than it can.
 */
export function commitQueue(write: (positions: readonly LogPosition[]) => Promise<void>): CommitQueue {
  let waiting = new Map<string, LogPosition>();
  let next: Promise<void> | null = null;
  let last: Promise<void> = Promise.resolve();

  return {
    commit(positions) {
      for (const position of positions) waiting.set(`${position.topic}/${position.partition}`, position);
      if (next !== null) return next;
      const run = last.then(async () => {
        const batch = [...waiting.values()];
        waiting = new Map();
        next = null;
        await write(batch);
      });
      next = run;
      last = run.catch(() => undefined);
      return run;
    },
    idle: () => last,
  };
}
