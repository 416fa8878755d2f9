/**
 * A consumer group as a pure state machine, shared by the memory and the embedded log. A *slot* is a partition
 * number: partitions of one number go together over all topics of the group.
 *
 * Revoke before assign: `target` is who shall have a slot, `owner` who has it. A new target becomes owner only when
 * the old owner has released the slot or is no member any more, so that two living members never work on one slot.
 *
 * Life and death: members raise their `beat`; each watches the others' beats with its own monotonic clock
 * (member-watch.ts) and names those that stand still. No two clocks are ever compared.
 */
import { balance } from './balance.ts';

export interface GroupMember {
  readonly id: string;
  /** Distinguishes this life of the member from an earlier one under the same id. */
  readonly session: number;
  readonly beat: number;
  /** Names the member's process where the log can tell whether it lives (embedded/presence.ts). */
  readonly process?: string;
}

export interface GroupSlot {
  readonly owner: string | null;
  readonly target: string | null;
}

export interface GroupState {
  /** Counts every change of membership or ownership. */
  readonly generation: number;
  readonly members: readonly GroupMember[];
  readonly slots: readonly GroupSlot[];
}

export type GroupEvent =
  | { readonly kind: 'join'; readonly memberId: string; readonly slots: number; readonly process?: string }
  | {
      readonly kind: 'beat';
      readonly memberId: string;
      readonly session: number;
      /** Members as last seen, whose beat has stood still for the session timeout. */
      readonly suspects: readonly GroupMember[];
      /** Those whose beat is merely overdue: dead if the log knows it otherwise. */
      readonly overdue?: readonly GroupMember[];
    }
  | {
      readonly kind: 'release';
      readonly memberId: string;
      readonly session: number;
      readonly slots: readonly number[];
    }
  | { readonly kind: 'leave'; readonly memberId: string; readonly session: number };

export interface GroupStep {
  readonly state: GroupState;
  /** Something other members must look at. */
  readonly changed: boolean;
  /** The sender is no member (any more): it was expired, or its id was taken over by a newer life. */
  readonly fenced: boolean;
}

export const EMPTY_GROUP: GroupState = { generation: 0, members: [], slots: [] };

export function groupStep(state: GroupState, event: GroupEvent): GroupStep {
  if (event.kind === 'join') {
    const generation = state.generation + 1;
    const { memberId: id, process } = event;
    const life = { id, session: generation, beat: 0 };
    const member: GroupMember = process === undefined ? life : { ...life, process };
    // An earlier life under this id owns nothing from now on; its slots are free at once.
    const slots = vacate(widen(state.slots, event.slots), event.memberId);
    return settle(state, { generation, slots, members: [...without(state, event.memberId), member] });
  }
  const self = memberOf(state, event.memberId, event.session);
  if (self === null) return { state, changed: false, fenced: true };

  if (event.kind === 'leave') return settle(state, { ...state, members: without(state, self.id) });
  if (event.kind === 'release') {
    const slots = state.slots.map((slot, number) =>
      slot.owner === self.id && slot.target !== self.id && event.slots.includes(number)
        ? { ...slot, owner: null }
        : slot,
    );
    return settle(state, { ...state, slots });
  }
  const living = state.members.filter(
    (member) => member.id === self.id || !event.suspects.some((suspect) => stoodStill(member, suspect)),
  );
  const members = living.map((member) =>
    member.id === self.id ? { ...member, beat: member.beat + 1 } : member,
  );
  return settle(state, { ...state, members });
}

/** The slots that `memberId` may work on, in its life `session`; empty when fenced. */
export function ownedSlots(state: GroupState, memberId: string, session: number): readonly number[] {
  if (memberOf(state, memberId, session) === null) return [];
  return state.slots.flatMap((slot, number) => (slot.owner === memberId ? [number] : []));
}

function settle(before: GroupState, after: GroupState): GroupStep {
  const ids = after.members.map((member) => member.id);
  const membersChanged = ids.join('\n') !== before.members.map((member) => member.id).join('\n');
  const targets =
    membersChanged || after.slots.length !== before.slots.length
      ? balance(
          ids,
          after.slots.map((slot) => slot.target),
        )
      : after.slots.map((slot) => slot.target);
  const slots = after.slots.map((slot, number) => {
    const target = targets[number] ?? null;
    const held = slot.owner !== null && ids.includes(slot.owner);
    return { target, owner: held ? slot.owner : target };
  });
  const changed =
    after.generation !== before.generation ||
    membersChanged ||
    slots.some((slot, n) => slot.owner !== before.slots[n]?.owner || slot.target !== before.slots[n]?.target);
  const generation =
    changed && after.generation === before.generation ? before.generation + 1 : after.generation;
  return { state: { generation, members: after.members, slots }, changed, fenced: false };
}

function memberOf(state: GroupState, id: string, session: number): GroupMember | null {
  return state.members.find((member) => member.id === id && member.session === session) ?? null;
}

function without(state: GroupState, id: string): readonly GroupMember[] {
  return state.members.filter((member) => member.id !== id);
}

function stoodStill(now: GroupMember, seen: GroupMember): boolean {
  return now.id === seen.id && now.session === seen.session && now.beat === seen.beat;
}

function vacate(slots: readonly GroupSlot[], id: string): readonly GroupSlot[] {
  return slots.map((slot) => (slot.owner === id ? { ...slot, owner: null } : slot));
}

function widen(slots: readonly GroupSlot[], count: number): readonly GroupSlot[] {
  const missing = Math.max(0, count - slots.length);
  return [...slots, ...Array.from({ length: missing }, () => ({ owner: null, target: null }))];
}
