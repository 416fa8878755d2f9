import { type Static, Type } from 'typebox';
import { Issue } from './scalars.ts';

/** Every error of the API with its status; `docs/reference/http-api.md` is checked against this list. */
export const PROBLEMS = {
  REQUEST_INVALID: { status: 400, title: 'The request does not fit its schema' },
  CURSOR_INVALID: { status: 400, title: 'The cursor is not one of ours' },
  NOT_SIGNED_IN: { status: 401, title: 'Sign in first' },
  CREDENTIALS_WRONG: { status: 401, title: 'Name or password is wrong' },
  ROLE_REQUIRED: { status: 403, title: 'Your role may look but not act' },
  ORIGIN_REFUSED: { status: 403, title: 'The request did not come from the board itself' },
  NOT_FOUND: { status: 404, title: 'There is no such thing' },
  ALREADY_SETTLED: { status: 409, title: 'Somebody has settled this already' },
  BODY_TOO_LARGE: { status: 413, title: 'The body is too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'Send application/json' },
  RATE_LIMITED: { status: 429, title: 'Too many attempts' },
  LOG_UNAVAILABLE: { status: 503, title: 'The log cannot take the act just now; nothing was done' },
  LIVE_FULL: { status: 503, title: 'Too many live connections' },
  INTERNAL: { status: 500, title: 'A fault of ours' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457, `application/problem+json`. */
export const Problem = Type.Object({
  type: Type.String({ description: 'urn:tapeclock:problem:<code in lower case, dashes>' }),
  title: Type.String(),
  status: Type.Integer(),
  code: Type.Unsafe<ProblemCode>({ type: 'string', enum: Object.keys(PROBLEMS) }),
  detail: Type.String(),
  issues: Type.Optional(Type.Array(Issue)),
});
export type ProblemView = Static<typeof Problem>;
