import type { Role } from '@tapeclock/cli';

export interface PlannedKill {
  readonly role: Role;
  /** After the load began; null: as soon as the one before it has been replaced, so that nobody stands by yet. */
  readonly atSeconds: number | null;
}

const ORDER: readonly Role[] = ['hot', 'watch', 'desk', 'outside'];
const FIRST_AT_SECONDS = 4;

/** Each process `times` times, in turn, spread over the load; at the end hot twice in a row. */
export function planKills(seconds: number, times: number): readonly PlannedKill[] {
  const roles = [...Array.from({ length: times }, () => ORDER).flat(), 'hot' as const];
  const everySeconds = (seconds - FIRST_AT_SECONDS) / roles.length;
  const planned = roles.map((role, index) => ({ role, atSeconds: FIRST_AT_SECONDS + index * everySeconds }));
  return [...planned, { role: 'hot', atSeconds: null }];
}
