import type { EventLog, Membership } from '@tapeclock/event-log';
import type { Life } from './life.ts';

/** The log as one life of a process sees it. */
export function mortalLog(log: EventLog, life: Life): EventLog {
  return {
    append: (records) => life.ask(() => log.append(records)),
    read: (topic, partition, fromOffset, limit) =>
      life.ask(() => log.read(topic, partition, fromOffset, limit)),
    endOffset: (topic, partition) => life.ask(() => log.endOffset(topic, partition)),
    offsetAt: (topic, partition, atNs) => life.ask(() => log.offsetAt(topic, partition, atNs)),
    committed: (group, topic, partition) => life.ask(() => log.committed(group, topic, partition)),
    partitionCount: (topic) => log.partitionCount(topic),
    partitionOf: (topic, key) => log.partitionOf(topic, key),
    onAppended: (topic, wake) =>
      log.onAppended(topic, () => {
        if (life.cross()) wake();
      }),
    async join(options) {
      const membership = await life.ask(() =>
        log.join({
          ...options,
          onAssignment: (change) =>
            life.cross() ? options.onAssignment(change) : new Promise<void>(() => {}),
        }),
      );
      return mortalMembership(membership, life);
    },
    close: () => life.ask(() => log.close()),
  };
}

function mortalMembership(membership: Membership, life: Life): Membership {
  return {
    memberId: membership.memberId,
    assignment: () => membership.assignment(),
    committed: (topic, partition) => life.ask(() => membership.committed(topic, partition)),
    commit: (positions) => life.ask(() => membership.commit(positions)),
    leave: () => life.ask(() => membership.leave()),
  };
}
