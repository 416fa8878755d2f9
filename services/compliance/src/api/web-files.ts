import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from './error-handler.ts';
import { ProblemError } from './problem-error.ts';

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Tapeclock</title>
<body style="font-family:sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem">
<h1>The board is not built yet</h1>
<p>Its files are missing below <code>services/compliance/web/dist</code>. <code>npm start</code> builds them; then load
this page again. The API works without them: see <a href="/documentation">/documentation</a>.</p></body></html>`;

/** The built board; any path that is no file and no API is the board's own route and gets its index. */
export async function installWebFiles(app: FastifyInstance, webRoot: string): Promise<void> {
  const built = () => existsSync(join(webRoot, 'index.html'));
  if (existsSync(webRoot)) {
    await app.register(fastifyStatic, {
      root: webRoot,
      wildcard: true,
      // Names of built assets carry their content's hash; the index names the current ones.
      setHeaders: (reply, path) =>
        void reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        ),
    });
  }
  app.setNotFoundHandler((request, reply) => {
    if (request.url.startsWith('/api/') || request.method !== 'GET') {
      return sendProblem(reply, new ProblemError('NOT_FOUND', `no ${request.method} ${request.url}`));
    }
    if (built() && 'sendFile' in reply) return reply.sendFile('index.html');
    return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
  });
}
