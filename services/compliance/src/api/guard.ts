import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ApiContext, userOf } from './api-context.ts';
import { CSRF_HEADER, CSRF_HEADER_VALUE } from './contract.ts';
import { ProblemError } from './problem-error.ts';

export const SESSION_COOKIE = 'tapeclock_session';
const SIGN_IN = '/api/session';

/**
 * Who may come in. Three walls against foreign pages: the cookie is SameSite=Strict, acts need a header that a
 * foreign page cannot set, and an Origin that is told must be ours.
 */
export function installGuard(app: FastifyInstance, context: ApiContext): void {
  app.decorateRequest('user', null);
  app.decorateRequest('sessionToken', null);
  app.addHook('onRequest', async (request) => {
    if (!request.url.startsWith('/api/')) return;
    if (request.method !== 'GET' && request.method !== 'HEAD') refuseForeign(request);
    const token = request.cookies[SESSION_COOKIE];
    if (token !== undefined) {
      request.user = context.sessions.find(token);
      request.sessionToken = token;
    }
    if (request.method === 'POST' && request.url === SIGN_IN) return;
    userOf(request);
  });
}

function refuseForeign(request: FastifyRequest): void {
  if (request.headers[CSRF_HEADER] !== CSRF_HEADER_VALUE) {
    throw new ProblemError('ORIGIN_REFUSED', `send the header ${CSRF_HEADER}: ${CSRF_HEADER_VALUE}`);
  }
  const { origin } = request.headers;
  if (origin === undefined) return;
  let host: string | null = null;
  try {
    host = new URL(origin).host;
  } catch {
    // "null" (a sandboxed page) and nonsense are foreign too.
  }
  if (host !== request.headers.host) throw new ProblemError('ORIGIN_REFUSED', `origin ${origin} is not ours`);
}
