import type { IssueView, ProblemCode, ProblemView } from '../contract.ts';

/** An answer that was not a success. `code` is the API's, or `UNREACHABLE` when there was no answer at all. */
export class ProblemError extends Error {
  readonly code: ProblemCode | 'UNREACHABLE' | 'UNREADABLE';
  readonly status: number;
  readonly issues: readonly IssueView[];
  readonly retryAfterS: number | null;

  constructor(problem: Partial<ProblemView>, retryAfterS: number | null = null) {
    super(problem.detail ?? problem.title ?? 'The answer could not be read');
    this.name = 'ProblemError';
    this.code = problem.code ?? 'UNREADABLE';
    this.status = problem.status ?? 0;
    this.issues = problem.issues ?? [];
    this.retryAfterS = retryAfterS;
  }

  static unreachable(): ProblemError {
    const error = new ProblemError({ detail: 'The board cannot reach its server.' });
    Object.defineProperty(error, 'code', { value: 'UNREACHABLE' });
    return error;
  }
}

/** What to tell a person about an error of any kind. */
export function errorText(error: unknown): string {
  if (!(error instanceof ProblemError)) return 'Something in the board itself failed. Load the page again.';
  const wait = error.retryAfterS === null ? '' : ` Try again in ${error.retryAfterS} s.`;
  switch (error.code) {
    case 'CREDENTIALS_WRONG':
      return 'Name or password is wrong.';
    case 'RATE_LIMITED':
      return `Too many attempts.${wait}`;
    case 'ALREADY_SETTLED':
      return 'Somebody has settled this already. Load it again to see how.';
    case 'ROLE_REQUIRED':
      return 'Your role may look but not act. Ask an officer.';
    case 'LOG_UNAVAILABLE':
      return 'The log cannot take the act just now. Nothing was done; try again.';
    case 'NOT_FOUND':
      return 'There is no such thing (any more).';
    default:
      return error.message;
  }
}
