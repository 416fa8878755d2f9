import type { Clock, FileStore, Random } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Attempts } from '../auth/attempts.ts';
import type { Sessions, SignedInUser } from '../auth/sessions.ts';
import type { Desk } from '../desk/desk.ts';
import type { LiveHub } from '../live/live-hub.ts';
import type { ReadModelQueries } from '../read-model/queries/read-model-queries.ts';
import type { ShownRulebook } from '../views/rulebook.ts';
import type { Overview } from './contract.ts';
import { ProblemError } from './problem-error.ts';

/** What the routes work with. */
export interface ApiContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly files: FileStore;
  readonly codec: EventCodec;
  readonly queries: ReadModelQueries;
  readonly desk: Desk;
  readonly live: LiveHub;
  readonly overview: () => Promise<Overview>;
  readonly sessions: Sessions;
  readonly attempts: Attempts;
  readonly shown: ShownRulebook;
  /** Cookies only over TLS. */
  readonly secure: boolean;
}

export type InstallRoutes = (app: FastifyInstance, context: ApiContext) => void;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route but sign-in. */
    user: SignedInUser | null;
    sessionToken: string | null;
  }
}

/** The user of a guarded route; throws NOT_SIGNED_IN. */
export function userOf(request: FastifyRequest): SignedInUser {
  if (request.user === null) throw new ProblemError('NOT_SIGNED_IN', 'sign in at POST /api/session');
  return request.user;
}

/** The user, if they may act; throws ROLE_REQUIRED. */
export function officerOf(request: FastifyRequest): SignedInUser {
  const user = userOf(request);
  if (user.role !== 'officer') {
    throw new ProblemError('ROLE_REQUIRED', `${user.name} is ${user.role}; acts need the role officer`);
  }
  return user;
}
