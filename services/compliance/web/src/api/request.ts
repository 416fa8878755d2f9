import type { ProblemView } from '../contract.ts';
import { withQuery } from '../router/match-path.ts';
import { ProblemError } from './problem.ts';

export type Query = Readonly<Record<string, string | null | undefined>>;

/** Told when the server no longer knows who we are. */
let onSignedOut: () => void = () => {};
export function whenSignedOut(run: () => void): void {
  onSignedOut = run;
}

/** GET. Rejects with `ProblemError`. */
export async function read<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
  return send<Answer>(withQuery(`/api${path}`, query), signal === undefined ? {} : { signal });
}

/** POST or DELETE, with the header that shows the request to be ours. Rejects with `ProblemError`. */
export async function act<Answer>(method: 'POST' | 'DELETE', path: string, body?: object): Promise<Answer> {
  return send<Answer>(`/api${path}`, {
    method,
    headers: {
      'x-tapeclock-board': '1',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function send<Answer>(url: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw ProblemError.unreachable();
  }
  if (response.status === 204) return undefined as Answer;
  if (response.ok) return (await response.json()) as Answer;
  const problem = await response.json().then(
    (body) => body as ProblemView,
    () => ({ status: response.status, title: `The server answered ${response.status}` }),
  );
  const retryAfter = response.headers.get('retry-after');
  const error = new ProblemError(problem, retryAfter === null ? null : Number.parseInt(retryAfter, 10));
  if (error.code === 'NOT_SIGNED_IN') onSignedOut();
  throw error;
}
