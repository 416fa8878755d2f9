import { setPriority } from 'node:os';
import type { Role } from '../supervisor/messages.ts';

/**
 * Where processors are short, the way of a trade comes first, then the watch over its window, then the people who look on:
 * a board that is seconds behind catches up, a report that is does not. Niceness; 0 is the host's default.
 */
const NICENESS: Readonly<Record<Role, number>> = { hot: 0, outside: 0, watch: 3, desk: 10 };
/** Of a spare, which only reads what the working process writes. */
const SPARE_NICENESS = 15;

/** Takes the place of a working process of that role. A host that knows no priorities shares out evenly, as before. */
export function takePriority(role: Role): void {
  if (NICENESS[role] > 0) attempt(NICENESS[role]);
}

/**
 * Steps behind everybody for as long as a spare waits; the result steps forward again. Only where the host lets a process come
 * forward, which mostly root may: whoever could not come back must not step behind, and stays where it is, one step down.
 */
export function waitBehind(role: Role): () => void {
  const own = NICENESS[role];
  if (!attempt(own + 1) || !attempt(own) || !attempt(SPARE_NICENESS)) return () => {};
  return () => void attempt(own);
}

function attempt(niceness: number): boolean {
  try {
    setPriority(niceness);
    return true;
  } catch {
    return false;
  }
}
