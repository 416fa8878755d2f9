import type { Issue } from '@tapeclock/domain';

/** Every way in which a request can fail; the code is stable, the text may change. */
export const PROBLEMS = {
  KEY_MISSING: { status: 401, title: 'No valid API key', action: 'Send "Authorization: Bearer <key>".' },
  REQUEST_INVALID: {
    status: 400,
    title: 'The request cannot be read',
    action: 'Mend the fields named in issues.',
  },
  CONTENT_TYPE: {
    status: 415,
    title: 'Content type not supported',
    action: 'Use the content types of the documentation.',
  },
  BODY_TOO_LARGE: {
    status: 413,
    title: 'The body is too large',
    action: 'Send less at once, or use the upload.',
  },
  ID_CONFLICT: {
    status: 409,
    title: 'This execution id was used for something else',
    action: 'Use a new id, or send a correction; the conflict waits in the repair queue.',
  },
  UPLOAD_EMPTY: { status: 400, title: 'The upload holds no record', action: 'Send at least one record.' },
  UPLOAD_UNREADABLE: {
    status: 400,
    title: 'The upload cannot be read to its end',
    action:
      'Mend what detail names, then send it again from the start: what was taken is known and not taken twice.',
  },
  UPLOAD_TOO_LARGE: { status: 413, title: 'The upload is too large once decompressed', action: 'Split it.' },
  RATE_LIMITED: {
    status: 429,
    title: 'Too many records',
    action: 'Wait as Retry-After says, then send again.',
  },
  OVERLOADED: {
    status: 503,
    title: 'Too many requests at once',
    action: 'Wait as Retry-After says, then send again.',
  },
  LOG_UNAVAILABLE: {
    status: 503,
    title: 'The log takes nothing at present, so nothing was taken',
    action: 'Wait as Retry-After says, then send the same again: that is safe.',
  },
  NOT_FOUND: { status: 404, title: 'No such address', action: 'See /documentation.' },
  INTERNAL: {
    status: 500,
    title: 'Something is broken on our side',
    action: 'Send the same again: that is safe.',
  },
} as const;

export type ProblemCode = keyof typeof PROBLEMS;

/** An error that becomes an RFC 9457 answer. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly issues: readonly Issue[];
  readonly retryAfterSeconds: number | null;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(
    code: ProblemCode,
    options: {
      detail?: string;
      issues?: readonly Issue[];
      retryAfterSeconds?: number;
      extra?: Readonly<Record<string, unknown>>;
    } = {},
  ) {
    super(options.detail ?? PROBLEMS[code].title);
    this.name = 'ProblemError';
    this.code = code;
    this.issues = options.issues ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.extra = options.extra ?? {};
  }
}

/** Body of `application/problem+json`. */
export function problemBody(error: ProblemError): Record<string, unknown> {
  const { status, title, action } = PROBLEMS[error.code];
  return {
    type: `https://tapeclock.invalid/problems/${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    action,
    ...(error.issues.length === 0 ? {} : { issues: error.issues }),
    ...error.extra,
  };
}
