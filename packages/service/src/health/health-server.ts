import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export interface HealthOptions {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** PEM texts; null answers in plain HTTP. @default null */
  readonly tls?: { readonly certificate: string; readonly privateKey: string } | null;
  readonly processName: string;
  /** Asked at every `/readyz`: the services of this process by name. */
  readonly services: () => readonly { readonly name: string; readonly ready: boolean }[];
  readonly contentType: string;
  readonly scrape: () => Promise<string>;
}

export interface HealthServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * `/healthz`: 200 as long as the event loop answers; restart the process when it does not.
 * `/readyz`: 200 when every service can do its work, else 503 naming those that cannot.
 * `/metrics`: OpenMetrics text. Rejects when the port is taken.
 */
export function startHealthServer(options: HealthOptions): Promise<HealthServer> {
  const answer = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
    response.end(`${JSON.stringify(body)}\n`);
  };
  const onRequest: RequestListener = (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      answer(response, 405, { error: 'only GET and HEAD' });
    } else if (path === '/healthz') {
      answer(response, 200, { process: options.processName, pid: process.pid });
    } else if (path === '/readyz') {
      const services = options.services();
      const ready = services.length > 0 && services.every((service) => service.ready);
      answer(response, ready ? 200 : 503, { process: options.processName, ready, services });
    } else if (path === '/metrics') {
      options.scrape().then(
        (text) => {
          response.writeHead(200, { 'content-type': options.contentType });
          response.end(text);
        },
        (error: unknown) => answer(response, 500, { error: String(error) }),
      );
    } else {
      answer(response, 404, { error: 'one of /healthz, /readyz, /metrics' });
    }
  };
  const tls = options.tls ?? null;
  const server =
    tls === null
      ? createServer(onRequest)
      : createTlsServer({ cert: tls.certificate, key: tls.privateKey, minVersion: 'TLSv1.2' }, onRequest);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => {
      server.off('error', reject);
      server.on('error', () => {});
      const address = server.address();
      resolve({
        port: typeof address === 'object' && address !== null ? address.port : options.port,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
