import { Agent, request as requestPlain } from 'node:http';
import { request as requestTls, Agent as TlsAgent } from 'node:https';
import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { Answer } from './read-answer.ts';

/** Sends one request and resolves with its answer, whatever its status; rejects when there is none. */
export type Post = (path: string, contentType: string, body: Buffer) => Promise<Answer>;

/** Longer than any answer may take: the report itself is due after ten seconds. */
const PATIENCE_NS = 15n * NS_PER_SECOND;

const KEPT_OPEN = { keepAlive: true, maxFreeSockets: Number.POSITIVE_INFINITY } as const;

/** Posts over connections that are kept open, as many as there are requests under way: no request waits for another. */
export function httpPost(base: string, key: string, clock: Clock): Post {
  const isTls = base.startsWith('https:');
  const agent = isTls ? new TlsAgent(KEPT_OPEN) : new Agent(KEPT_OPEN);
  const send = isTls ? requestTls : requestPlain;
  return (path, contentType, body) =>
    new Promise((resolve, reject) => {
      const request = send(
        new URL(path, base),
        {
          method: 'POST',
          agent,
          headers: {
            authorization: `Bearer ${key}`,
            'content-type': contentType,
            'content-length': body.length,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', fail);
          response.once('end', () => {
            timer.cancel();
            resolve({
              status: response.statusCode ?? 0,
              retryAfter: response.headers['retry-after'] ?? null,
              body: Buffer.concat(chunks).toString('utf8'),
            });
          });
        },
      );
      const fail = (error: Error): void => {
        timer.cancel();
        reject(error);
      };
      const timer = clock.after(PATIENCE_NS, () => request.destroy(new Error('no answer in 15 s')));
      request.once('error', fail);
      request.end(body);
    });
}

/** An address that is not there: asking for it costs nothing and leaves the connection open. */
const NOWHERE = '/v1/nowhere';

/** Opens connections before they are needed, as clients that send all day have them. */
export async function openConnections(post: Post, count: number): Promise<void> {
  const body = Buffer.from('{}');
  await Promise.all(Array.from({ length: count }, () => post(NOWHERE, 'application/json', body)));
}
