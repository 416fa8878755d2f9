import { msFromNs, rfc3339FromNs } from '@tapeclock/domain';
import type { FastifyReply } from 'fastify';
import { Type } from 'typebox';
import { authenticate } from '../../auth/accounts.ts';
import type { SignedInUser } from '../../auth/sessions.ts';
import { type ApiContext, type InstallRoutes, userOf } from '../api-context.ts';
import { Problem, SignedIn, type SignedInView, SignInBody } from '../contract.ts';
import { SESSION_COOKIE } from '../guard.ts';
import { ProblemError } from '../problem-error.ts';

/** scrypt takes 32 MiB each: so many at once, the others are asked to wait. */
const CHECKS_MAX = 4;

export const installSessionRoutes: InstallRoutes = (app, context) => {
  let checking = 0;
  app.post<{ Body: SignInBody }>(
    '/api/session',
    {
      schema: {
        tags: ['session'],
        summary: 'Signs in and sets the session cookie',
        body: SignInBody,
        response: { 200: SignedIn, '4xx': Problem },
      },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const waitS = checking >= CHECKS_MAX ? 1 : context.attempts.begin(name, request.ip);
      if (waitS > 0) {
        throw new ProblemError('RATE_LIMITED', `try again in ${waitS} s`, { retryAfterS: waitS });
      }
      checking += 1;
      const account = await authenticate(context.files, name, password).finally(() => {
        checking -= 1;
      });
      if (account === null) throw new ProblemError('CREDENTIALS_WRONG', 'check both and try again');
      context.attempts.succeed(name);
      if (request.sessionToken !== null) context.sessions.close(request.sessionToken);
      const { token, user } = context.sessions.open(account.name, account.role);
      setCookie(reply, context, token);
      return signedIn(user, context);
    },
  );

  app.get(
    '/api/session',
    {
      schema: { tags: ['session'], summary: 'Who is signed in', response: { 200: SignedIn, '4xx': Problem } },
    },
    async (request) => signedIn(userOf(request), context),
  );

  app.delete(
    '/api/session',
    { schema: { tags: ['session'], summary: 'Signs out', response: { 204: Type.Null(), '4xx': Problem } } },
    async (request, reply) => {
      if (request.sessionToken !== null) context.sessions.close(request.sessionToken);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return reply.code(204).send();
    },
  );
};

function setCookie(reply: FastifyReply, context: ApiContext, token: string): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: context.secure,
  });
}

function signedIn(user: SignedInUser, context: ApiContext): SignedInView {
  return {
    name: user.name,
    role: user.role,
    expiresAt: rfc3339FromNs(user.expiresNs),
    expiresAtMs: msFromNs(user.expiresNs),
    serverNowMs: msFromNs(context.clock.nowNs()),
  };
}
