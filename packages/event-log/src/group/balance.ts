/**
 * Who gets which slot (partition number) of a group. Balanced: counts differ by one at most. Sticky: whoever
 * has a slot keeps it unless balance demands otherwise, because each move costs a catch-up. Deterministic: every
 * member computes the same answer from the same input.
 * `previous[slot]` is the member that had it, or `null`; `memberIds` may come in any order.
 */
export function balance(
  memberIds: readonly string[],
  previous: readonly (string | null)[],
): readonly (string | null)[] {
  if (memberIds.length === 0) return previous.map(() => null);
  const held = new Map<string, number>(memberIds.map((id) => [id, 0]));
  for (const owner of previous) {
    if (owner !== null && held.has(owner)) held.set(owner, (held.get(owner) ?? 0) + 1);
  }
  const base = Math.floor(previous.length / memberIds.length);
  const extra = previous.length % memberIds.length;
  // Those who hold most get the odd slots: fewest moves.
  const byHolding = [...held].sort(([idA, a], [idB, b]) => b - a || (idA < idB ? -1 : 1));
  const room = new Map(byHolding.map(([id], rank) => [id, rank < extra ? base + 1 : base]));

  const take = (id: string): string => {
    room.set(id, (room.get(id) ?? 0) - 1);
    return id;
  };
  const kept = previous.map((owner) => (owner !== null && (room.get(owner) ?? 0) > 0 ? take(owner) : null));
  const ids = [...memberIds].sort();
  return kept.map((owner) => {
    if (owner !== null) return owner;
    const next = ids.find((id) => (room.get(id) ?? 0) > 0);
    return next === undefined ? null : take(next);
  });
}
