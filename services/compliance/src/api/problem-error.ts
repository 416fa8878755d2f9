import type { IssueView, ProblemCode, ProblemView } from './contract.ts';
import { PROBLEMS } from './contract.ts';

/** Thrown by a route to answer with an RFC 9457 problem. */
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly issues: readonly IssueView[];
  readonly retryAfterS: number | null;

  constructor(
    code: ProblemCode,
    detail: string,
    more: { issues?: readonly IssueView[]; retryAfterS?: number } = {},
  ) {
    super(detail);
    this.name = 'ProblemError';
    this.code = code;
    this.issues = more.issues ?? [];
    this.retryAfterS = more.retryAfterS ?? null;
  }
}

export function problemView(error: ProblemError): ProblemView {
  const { status, title } = PROBLEMS[error.code];
  return {
    type: `urn:tapeclock:problem:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title,
    status,
    code: error.code,
    detail: error.message,
    ...(error.issues.length === 0 ? {} : { issues: [...error.issues] }),
  };
}
