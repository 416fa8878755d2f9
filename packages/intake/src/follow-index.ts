import { NS_PER_DAY, type Ns } from '@tapeclock/domain';
import { type EventLog, followTopic } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import { ExecutionIndex } from './execution-index.ts';
import { HASH_HEADER, INDEX_HEADER, INTAKE_TOPIC } from './intake.ts';

/** An index that stays in step with what any gateway appends; several gateways of one process may share it. */
export interface FollowedIndex {
  readonly index: ExecutionIndex;
  /**
   * Resolves when everything that is on the log at the time of the call is in the index. A gateway opens its port only
   * then, or it would take a repeat for a new execution. Rejects when the log can be followed no more.
   */
  upToDate(): Promise<void>;
  stop(): Promise<void>;
}

/** How far back ids are remembered at the edge; enrichment remembers longer. */
export const INDEX_REACH = { horizonNs: NS_PER_DAY, entriesMin: 500_000 } as const;

/** Fills an index from `horizonNs` ago and keeps it in step. `paceNs`: see `FollowOptions`. */
export function followIndex(options: {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly horizonNs: Ns;
  readonly entriesMin: number;
  readonly paceNs?: Ns;
}): FollowedIndex {
  const { entriesMin, ...following } = options;
  const index = new ExecutionIndex(entriesMin);
  const follower = followTopic({
    ...following,
    topic: INTAKE_TOPIC,
    take({ key, headers }) {
      const name = headers[INDEX_HEADER];
      const contentHash = headers[HASH_HEADER];
      if (name !== undefined && contentHash !== undefined) index.add(name, { contentHash, lineageId: key });
    },
  });
  return {
    index,
    upToDate: () => follower.upToDate(),
    stop: () => follower.stop(),
  };
}
