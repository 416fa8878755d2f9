import { type Static, Type } from 'typebox';
import { EpochMs, Instant, OneOf } from './scalars.ts';

export const ROLES = ['viewer', 'officer'] as const;
/** `viewer` looks; `officer` may also act. */
export const Role = OneOf(ROLES);
export type Role = Static<typeof Role>;

export const SignInBody = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 64 }),
    password: Type.String({ minLength: 1, maxLength: 256 }),
  },
  { additionalProperties: false },
);
export type SignInBody = Static<typeof SignInBody>;

/** Who is signed in. The session itself is an httpOnly cookie that scripts never see. */
export const SignedIn = Type.Object({
  name: Type.String(),
  role: Role,
  expiresAt: Instant,
  expiresAtMs: EpochMs,
  serverNowMs: EpochMs,
});
export type SignedInView = Static<typeof SignedIn>;

/** Sent with every request that is not GET; a foreign page cannot set it without a preflight, which we refuse. */
export const CSRF_HEADER = 'x-tapeclock-board';
export const CSRF_HEADER_VALUE = '1';
