import cookie from '@fastify/cookie';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance } from 'fastify';
import type { ApiContext } from './api-context.ts';
import { installErrorHandler } from './error-handler.ts';
import { installGuard } from './guard.ts';
import { installActRoutes } from './routes/act-routes.ts';
import { installExportRoutes } from './routes/export-routes.ts';
import { installListRoutes } from './routes/list-routes.ts';
import { installLiveRoutes } from './routes/live-routes.ts';
import { installReadRoutes } from './routes/read-routes.ts';
import { installRulebookRoutes } from './routes/rulebook-routes.ts';
import { installSessionRoutes } from './routes/session-routes.ts';
import { installSecurityHeaders } from './security-headers.ts';
import { installWebFiles } from './web-files.ts';

const BODY_BYTES_MAX = 64 * 1024;

export interface ServerOptions {
  readonly webRoot: string;
  /** PEM texts; null serves plain HTTP, which is for loopback only. */
  readonly tls: { readonly certificate: string; readonly privateKey: string } | null;
  readonly onFault: (error: unknown) => void;
  readonly onAnswer?: (route: string, status: number, elapsedMs: number) => void;
}

/** The whole HTTP side, not yet listening; tests inject requests into it. */
export async function createServer(context: ApiContext, options: ServerOptions): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    // The live feed never ends by itself.
    forceCloseConnections: true,
    ...(options.tls === null
      ? {}
      : {
          https: {
            cert: options.tls.certificate,
            key: options.tls.privateKey,
            minVersion: 'TLSv1.2' as const,
          },
        }),
  }) as unknown as FastifyInstance;
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  // The views are typed by the contract; a second copy of each row buys nothing.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  installErrorHandler(app, options.onFault);
  installSecurityHeaders(app, context.secure);
  await app.register(cookie);
  installGuard(app, context);
  if (options.onAnswer !== undefined) {
    const { onAnswer } = options;
    app.addHook('onResponse', async (request, reply) => {
      onAnswer(request.routeOptions.url ?? 'none', reply.statusCode, reply.elapsedTime);
    });
  }
  await app.register(swagger, {
    openapi: {
      info: { title: 'Tapeclock board API', version: '1', description: 'See services/compliance/API.md' },
    },
  });
  await app.register(swaggerUi, { routePrefix: '/documentation', staticCSP: true });
  for (const install of [
    installSessionRoutes,
    installReadRoutes,
    installListRoutes,
    installActRoutes,
    installExportRoutes,
    installRulebookRoutes,
    installLiveRoutes,
  ]) {
    install(app, context);
  }
  await installWebFiles(app, options.webRoot);
  return app;
}
