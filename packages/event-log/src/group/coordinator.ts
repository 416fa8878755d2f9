import type { LogPosition } from '../event-log.ts';
import type { GroupEvent, GroupState } from './group-state.ts';

/**
 * Where a group's state lives: memory or `groups.db`. Implementers apply events one at a time with `groupStep`,
 * durably as far as a SIGKILL of any process goes, and wake every process's listeners after a step that `changed`.
 */
export interface GroupCoordinator {
  /** The state after the event and whether the sender turned out to be fenced. */
  apply(group: string, event: GroupEvent): Promise<{ readonly state: GroupState; readonly fenced: boolean }>;
  /** Rejects with `FENCED`, recording nothing, unless the member owns the slot of every position. */
  commit(group: string, memberId: string, session: number, positions: readonly LogPosition[]): Promise<void>;
  committed(group: string, topic: string, partition: number): Promise<bigint | null>;
  onChanged(group: string, wake: () => void): () => void;
}
