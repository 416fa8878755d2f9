import type { FixSessionAdvanced } from '@tapeclock/schemas';
import type { SessionRecord } from './session-store.ts';

export const SESSION_KIND = { out: 'OUT', in: 'IN', reset: 'RESET' } as const;

/** `null` for a kind that a later version may write: it says nothing that this one could act on. */
export function sessionRecord(event: FixSessionAdvanced): SessionRecord | null {
  const seq = Number(event.seq);
  switch (event.kind) {
    case SESSION_KIND.out:
      return { kind: 'out', seq, isApplication: event.isApplication, bytes: event.message };
    case SESSION_KIND.in:
      return { kind: 'in', seq };
    case SESSION_KIND.reset:
      return { kind: 'reset', nextOut: seq };
    default:
      return null;
  }
}
