import type { LogPosition } from '../event-log.ts';
import type { GroupCoordinator } from '../group/coordinator.ts';
import { EMPTY_GROUP, type GroupState, groupStep, ownedSlots } from '../group/group-state.ts';
import { LogError } from '../log-error.ts';

/** The groups of one memory log. Every process reaches them through a coordinator of its own, which can be cut off. */
export interface MemoryGroups {
  /** `reach` resolves when the process can talk to the log, and never for a dead one. */
  coordinator(reach: () => Promise<void>): GroupCoordinator;
  state(group: string): GroupState;
  committed(group: string, topic: string, partition: number): bigint | null;
}

export function memoryGroups(): MemoryGroups {
  const states = new Map<string, GroupState>();
  const offsets = new Map<string, bigint>();
  const wakers = new Map<string, Set<() => void>>();
  const stateOf = (group: string): GroupState => states.get(group) ?? EMPTY_GROUP;
  const place = (group: string, { topic, partition }: Pick<LogPosition, 'topic' | 'partition'>): string =>
    `${group}\n${topic}\n${partition}`;

  return {
    state: stateOf,
    committed: (group, topic, partition) => offsets.get(place(group, { topic, partition })) ?? null,
    coordinator: (reach) => ({
      async apply(group, event) {
        await reach();
        const { state, changed, fenced } = groupStep(stateOf(group), event);
        states.set(group, state);
        if (changed) for (const wake of wakers.get(group) ?? []) queueMicrotask(wake);
        return { state, fenced };
      },
      async commit(group, memberId, session, positions) {
        await reach();
        const owned = ownedSlots(stateOf(group), memberId, session);
        const foreign = positions.find((position) => !owned.includes(position.partition));
        if (foreign !== undefined) {
          throw new LogError(
            'FENCED',
            `partition ${foreign.partition} of ${foreign.topic} is not ${memberId}'s in group ${group}`,
          );
        }
        for (const position of positions) offsets.set(place(group, position), position.offset);
      },
      async committed(group, topic, partition) {
        await reach();
        return offsets.get(place(group, { topic, partition })) ?? null;
      },
      onChanged(group, wake) {
        const set = wakers.get(group) ?? new Set();
        wakers.set(group, set.add(wake));
        return () => set.delete(wake);
      },
    }),
  };
}
