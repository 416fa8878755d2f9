import { createHash } from 'node:crypto';
import { NS_PER_HOUR, NS_PER_MINUTE, type Ns } from '@tapeclock/domain';
import type { Clock, Random } from '@tapeclock/ports';
import type { Role } from '../api/contract.ts';

export interface SignedInUser {
  readonly name: string;
  readonly role: Role;
  /** Unchangeable end of this sign-in. */
  readonly expiresNs: Ns;
}

interface Held {
  readonly user: SignedInUser;
  /** On the monotonic clock: a clock that is stepped back must not lengthen a sign-in. */
  readonly endsMonotonicNs: Ns;
  idleEndsMonotonicNs: Ns;
}

const LIFE_NS = 12n * NS_PER_HOUR;
/** The board's live feed counts as use: an open board stays signed in for a working day. */
const IDLE_NS = 30n * NS_PER_MINUTE;
const SESSIONS_MAX = 10_000;

export interface Sessions {
  /** Makes a session and returns its token, which is kept only as a hash. */
  open(name: string, role: Role): { readonly token: string; readonly user: SignedInUser };
  /** Null where the token is unknown or its time is over. */
  find(token: string): SignedInUser | null;
  close(token: string): void;
}

/** In memory: a restart signs everybody out, and no file holds anything that opens the door. */
export function createSessions(clock: Clock, random: Random): Sessions {
  const held = new Map<string, Held>();
  const keyOf = (token: string) => createHash('sha256').update(token).digest('base64');
  return {
    open(name, role) {
      const nowNs = clock.monotonicNs();
      for (const [key, session] of held) {
        if (isOver(session, nowNs) || held.size >= SESSIONS_MAX) held.delete(key);
        else break;
      }
      const token = Buffer.from(random.bytes(32)).toString('base64url');
      const user = { name, role, expiresNs: clock.nowNs() + LIFE_NS };
      held.set(keyOf(token), {
        user,
        endsMonotonicNs: nowNs + LIFE_NS,
        idleEndsMonotonicNs: nowNs + IDLE_NS,
      });
      return { token, user };
    },
    find(token) {
      const key = keyOf(token);
      const session = held.get(key);
      if (session === undefined) return null;
      const nowNs = clock.monotonicNs();
      if (isOver(session, nowNs)) {
        held.delete(key);
        return null;
      }
      session.idleEndsMonotonicNs = nowNs + IDLE_NS;
      return session.user;
    },
    close: (token) => void held.delete(keyOf(token)),
  };
}

function isOver(session: Held, nowNs: Ns): boolean {
  return nowNs >= session.endsMonotonicNs || nowNs >= session.idleEndsMonotonicNs;
}
