import type { Ns } from '@tapeclock/domain';
import type { GroupMember } from './group-state.ts';

/**
 * What one member has seen of the others' beats, by its own monotonic clock. Pure.
 */
export interface MemberWatch {
  readonly lookedNs: Ns;
  readonly seen: readonly { readonly member: GroupMember; readonly sinceNs: Ns }[];
}

export function startWatch(nowNs: Ns): MemberWatch {
  return { lookedNs: nowNs, seen: [] };
}

/**
 * Looks once more. `suspects` are the members whose beat has stood still for `timeoutNs`, `overdue` for `overdueNs`. A watcher that was itself
 * away for more than half the timeout (a stalled disk, a suspended laptop) judges nobody until it has watched a
 * whole timeout again: whatever held it up may have held up the others too.
 */
export function look(
  watch: MemberWatch,
  others: readonly GroupMember[],
  nowNs: Ns,
  timeoutNs: Ns,
  overdueNs: Ns = timeoutNs,
): {
  readonly watch: MemberWatch;
  readonly suspects: readonly GroupMember[];
  readonly overdue: readonly GroupMember[];
} {
  const wasAway = nowNs - watch.lookedNs > timeoutNs / 2n;
  const seen = others.map((member) => {
    const before = watch.seen.find((entry) => entry.member.id === member.id);
    const still =
      before !== undefined && before.member.beat === member.beat && before.member.session === member.session;
    return { member, sinceNs: still && !wasAway ? before.sinceNs : nowNs };
  });
  const stillFor = (durationNs: Ns) =>
    seen.filter((entry) => nowNs - entry.sinceNs >= durationNs).map((entry) => entry.member);
  return { watch: { lookedNs: nowNs, seen }, suspects: stillFor(timeoutNs), overdue: stillFor(overdueNs) };
}
