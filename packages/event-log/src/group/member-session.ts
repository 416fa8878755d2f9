import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { JoinOptions, LogPosition, Membership, TopicPartition } from '../event-log.ts';
import { LogError } from '../log-error.ts';
import { commitQueue } from './commit-queue.ts';
import type { GroupCoordinator } from './coordinator.ts';
import { EMPTY_GROUP, type GroupState, ownedSlots } from './group-state.ts';
import { look, startWatch } from './member-watch.ts';

export interface SessionOptions {
  readonly clock: Clock;
  readonly coordinator: GroupCoordinator;
  readonly partitionCount: (topic: string) => number;
  readonly heartbeatNs: Ns;
  readonly sessionTimeoutNs: Ns;
  /** Told when the coordinator cannot be reached or a callback failed; the session goes on trying. */
  readonly onTrouble: (error: unknown) => void;
}

export interface MemberSession extends Membership {
  /** Stops everything at once without telling anybody, as the death of the process would. */
  abandon(): void;
}

/**
 * One membership: sends heartbeats, watches the others, and carries each change of ownership to `onAssignment`, one at
 * a time. Heartbeats go on while a callback is pending, so that a slow catch-up does not cost the membership.
 */
export async function joinGroup(join: JoinOptions, options: SessionOptions): Promise<MemberSession> {
  const { clock, coordinator } = options;
  const { group, memberId } = join;
  const slotsWanted = Math.max(0, ...join.topics.map((topic) => options.partitionCount(topic)));
  const joinEvent = { kind: 'join', memberId, slots: slotsWanted } as const;

  let session = 0;
  let state: GroupState = EMPTY_GROUP;
  let held: readonly number[] = [];
  let lost = false;
  let superseded = false;
  let stopped = false;
  let beating = false;
  let beatAgain = false;
  let reconciling: Promise<void> | null = null;
  let timer: Timer | null = null;
  let watch = startWatch(clock.monotonicNs());

  const adopt = (next: GroupState): void => {
    // Answers may overtake one another where a commit, a beat and a release are under way together.
    if (next.generation >= state.generation) state = next;
  };
  const enter = async (): Promise<void> => {
    const answer = await coordinator.apply(group, joinEvent);
    session = answer.state.members.find((member) => member.id === memberId)?.session ?? 0;
    state = answer.state;
    lost = false;
    watch = startWatch(clock.monotonicNs());
  };

  const expelled = (now: GroupState): void => {
    lost = true;
    // Expired members come back. One whose id lives on in a newer session must not: the two would oust each other for ever.
    if (!now.members.some((member) => member.id === memberId)) return;
    superseded = true;
    options.onTrouble(
      new LogError(
        'FENCED',
        `a newer member joined group ${group} as ${memberId}; give each living member its own id`,
      ),
    );
  };

  const beat = async (): Promise<void> => {
    if (stopped || lost) return;
    if (beating) {
      beatAgain = true;
      return;
    }
    beating = true;
    try {
      do {
        beatAgain = false;
        const others = state.members.filter((member) => member.id !== memberId);
        const looked = look(
          watch,
          others,
          clock.monotonicNs(),
          options.sessionTimeoutNs,
          options.heartbeatNs,
        );
        watch = looked.watch;
        const { suspects, overdue } = looked;
        const answer = await coordinator.apply(group, { kind: 'beat', memberId, session, suspects, overdue });
        if (stopped) return;
        if (answer.fenced) expelled(answer.state);
        else adopt(answer.state);
      } while (beatAgain && !lost);
    } catch (error) {
      if (!stopped) options.onTrouble(error);
    } finally {
      beating = false;
    }
    if (!stopped) wakeReconcile();
  };

  const places = (slots: readonly number[]): readonly TopicPartition[] =>
    slots.flatMap((partition) =>
      join.topics
        .filter((topic) => partition < options.partitionCount(topic))
        .map((topic) => ({ topic, partition })),
    );

  /** One round: revoke and release, or take what is newly owned. `false` when nothing was left to do. */
  const reconcileOnce = async (): Promise<boolean> => {
    const owned = lost ? [] : ownedSlots(state, memberId, session);
    const keep = owned.filter((slot) => state.slots[slot]?.target === memberId);
    const revoked = held.filter((slot) => !keep.includes(slot));
    const assigned = keep.filter((slot) => !held.includes(slot));
    if (revoked.length > 0 || assigned.length > 0) {
      const before = held;
      held = [...held, ...assigned].sort((a, b) => a - b);
      try {
        await join.onAssignment({ revoked: places(revoked), assigned: places(assigned) });
      } catch (error) {
        // Told again at the next heartbeat. Nothing is released before a revocation has been carried through.
        held = before;
        throw error;
      }
      held = held.filter((slot) => !revoked.includes(slot));
    }
    if (stopped) return false;
    if (superseded) {
      stop();
      return false;
    }
    if (lost) {
      await enter();
      return true;
    }
    const giveUp = owned.filter((slot) => !keep.includes(slot));
    if (giveUp.length > 0) {
      const answer = await coordinator.apply(group, { kind: 'release', memberId, session, slots: giveUp });
      if (answer.fenced) expelled(answer.state);
      else adopt(answer.state);
      return true;
    }
    return revoked.length > 0 || assigned.length > 0;
  };
  const reconcile = async (): Promise<void> => {
    try {
      while (!stopped && (await reconcileOnce()));
    } catch (error) {
      if (!stopped) options.onTrouble(error);
    }
  };
  let reconcileAgain = false;
  const wakeReconcile = (): void => {
    if (reconciling !== null) {
      reconcileAgain = true;
      return;
    }
    reconciling = reconcile().then(() => {
      reconciling = null;
      if (reconcileAgain && !stopped) {
        reconcileAgain = false;
        wakeReconcile();
      }
    });
  };

  const tick = (): void => {
    if (stopped) return;
    timer = clock.after(options.heartbeatNs, tick);
    if (lost) wakeReconcile();
    else void beat();
  };
  const stop = (): void => {
    stopped = true;
    held = [];
    timer?.cancel();
    unsubscribe();
  };
  const commits = commitQueue(async (positions: readonly LogPosition[]) => {
    if (lost)
      throw new LogError(
        'FENCED',
        `member ${memberId} of group ${group} was expired; its partitions have moved`,
      );
    await coordinator.commit(group, memberId, session, positions);
  });

  await enter();
  const unsubscribe = coordinator.onChanged(group, () => void beat());
  // The first change is told only after the caller has the membership in hand.
  timer = clock.after(0n, () => {
    tick();
    wakeReconcile();
  });

  return {
    memberId,
    assignment: () => places(held),
    committed: (topic, partition) => coordinator.committed(group, topic, partition),
    async commit(positions) {
      if (superseded) throw new LogError('FENCED', `a newer member of group ${group} has the id ${memberId}`);
      if (stopped) throw new LogError('CLOSED', `member ${memberId} has left group ${group}`);
      await commits.commit(positions);
    },
    async leave() {
      if (stopped) return;
      stop();
      await commits.idle();
      await coordinator.apply(group, { kind: 'leave', memberId, session });
    },
    abandon: stop,
  };
}
