import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import Fastify, { type FastifyError, type FastifyInstance, type FastifyReply } from 'fastify';
import { PROBLEMS, ProblemError, problemBody } from './problems.ts';
import { executionRoutes, type RouteEnvironment } from './routes/execution-routes.ts';

/** The HTTP application, without a port. */
export async function createApp(environment: RouteEnvironment): Promise<FastifyInstance> {
  const { config, metrics, clock } = environment;
  const app = Fastify({
    bodyLimit: config.limits.bodyBytesMax,
    logger: false,
    ...(config.tls === null
      ? {}
      : {
          https: {
            cert: config.tls.certificate,
            key: config.tls.privateKey,
            minVersion: 'TLSv1.2' as const,
          },
        }),
  }) as unknown as FastifyInstance;
  await app.register(swagger, {
    openapi: {
      info: {
        title: 'Tapeclock REST ingest',
        version: '1',
        description: 'Hand executions in; 202 means durable.',
      },
      components: { securitySchemes: { apiKey: { type: 'http', scheme: 'bearer' } } },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/documentation' });

  // Uploads are streams: nothing is read before the handler asks for it.
  for (const type of ['application/x-ndjson', 'text/csv']) {
    app.addContentTypeParser(type, (_request, payload, done) => done(null, payload));
  }
  app.setErrorHandler((error: FastifyError | ProblemError, _request, reply) =>
    answer(reply, toProblem(error)),
  );
  app.setNotFoundHandler((_request, reply) => answer(reply, new ProblemError('NOT_FOUND')));
  app.addHook('onRequest', async (request) => {
    startedNs.set(request, clock.monotonicNs());
  });
  const startedNs = new WeakMap<object, bigint>();
  app.addHook('onResponse', async (request, reply) => {
    const tookNs = clock.monotonicNs() - (startedNs.get(request) ?? clock.monotonicNs());
    metrics.observe(
      'tapeclock_http_request_seconds',
      {
        service: 'rest-gateway',
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      },
      Number(tookNs / 1_000n) / 1e6,
    );
  });
  await app.register(async (scope) => executionRoutes(scope, environment));
  return app;
}

function answer(reply: FastifyReply, problem: ProblemError): FastifyReply {
  if (problem.retryAfterSeconds !== null) reply.header('retry-after', problem.retryAfterSeconds);
  if (problem.code === 'KEY_MISSING') reply.header('www-authenticate', 'Bearer');
  return reply
    .status(PROBLEMS[problem.code].status)
    .type('application/problem+json')
    .send(problemBody(problem));
}

/** fastify's own errors, said in our words. */
function toProblem(error: FastifyError | ProblemError): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error.statusCode === 413) return new ProblemError('BODY_TOO_LARGE');
  if (error.statusCode === 415) return new ProblemError('CONTENT_TYPE');
  if ((error.statusCode ?? 500) < 500) return new ProblemError('REQUEST_INVALID', { detail: error.message });
  return new ProblemError('INTERNAL', { detail: 'see the server log' });
}
