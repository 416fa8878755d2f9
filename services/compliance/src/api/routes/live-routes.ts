import type { InstallRoutes } from '../api-context.ts';
import { Problem } from '../contract.ts';
import { ProblemError } from '../problem-error.ts';

/** The live feed as server-sent events; see contract/live.ts. */
export const installLiveRoutes: InstallRoutes = (app, context) => {
  app.get(
    '/api/live',
    {
      schema: {
        tags: ['live'],
        summary: 'Server-sent events: hello, change, heartbeat, resync, signedOut',
        produces: ['text/event-stream'],
        response: { '4xx': Problem, 503: Problem },
      },
    },
    async (request, reply) => {
      const token = request.sessionToken ?? '';
      const { raw } = reply;
      let disconnect: (() => void) | null = null;
      let begun = false;
      const begin = () => {
        begun = true;
        reply.hijack();
        raw.writeHead(200, {
          'content-type': 'text/event-stream; charset=utf-8',
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          // A proxy that gathers would undo what this is for.
          'x-accel-buffering': 'no',
        });
      };
      disconnect = await context.live.connect(
        {
          write(text) {
            if (!begun) begin();
            if (!raw.destroyed) raw.write(text);
          },
          bufferedBytes: () => raw.writableLength,
          end: () => void raw.end(),
        },
        () => context.sessions.find(token) !== null,
      );
      if (disconnect === null) {
        throw new ProblemError('LIVE_FULL', 'close a board or try again later', { retryAfterS: 10 });
      }
      raw.on('error', () => {});
      if (raw.destroyed || request.raw.destroyed) disconnect();
      else raw.on('close', disconnect);
      return reply;
    },
  );
};
