import type { GroupCoordinator } from '../group/coordinator.ts';
import { watchBell } from './doorbell.ts';
import type { WriterClient } from './writer-client.ts';

export interface WriterGroups {
  readonly coordinator: GroupCoordinator;
  close(): void;
}

/** The groups as members reach them: through the writing thread, woken by the groups' doorbell. */
export function writerGroups(
  client: WriterClient,
  bellPath: string,
  onTrouble: (error: Error) => void,
): WriterGroups {
  const wakers = new Set<{ readonly wake: () => void }>();
  let unwatch: (() => void) | null = null;
  const rung = (): void => {
    for (const entry of [...wakers]) entry.wake();
  };
  return {
    coordinator: {
      apply: (group, event) => client.ask({ kind: 'apply', group, event }),
      async commit(group, memberId, session, positions) {
        await client.ask({ kind: 'commit', group, memberId, session, positions });
      },
      committed: (group, topic, partition) => client.ask({ kind: 'committed', group, topic, partition }),
      onChanged(_group, wake) {
        // One bell for all groups: a change is rare, and looking once too often costs a heartbeat.
        unwatch ??= watchBell(bellPath, rung, onTrouble);
        const entry = { wake };
        wakers.add(entry);
        return () => wakers.delete(entry);
      },
    },
    close() {
      wakers.clear();
      unwatch?.();
    },
  };
}
