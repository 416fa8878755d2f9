import { Agent, type ClientRequest, type IncomingMessage, request as sendRequest } from 'node:http';
import { NS_PER_SECOND } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import { eventReader, type ServerSentEvent } from './read-events.ts';

/** One open board: a person's browser without its pictures. */
export interface Viewer {
  /** Status of the answer, when all of it has come. Rejects when none comes. */
  poll(path: string): Promise<number>;
  /** Listens to the live feed until `stop`; `onBroken` is called when it ends before. Rejects when it is not let in. */
  listen(onEvent: (event: ServerSentEvent) => void, onBroken: () => void): Promise<void>;
  stop(): void;
}

const PATIENCE_NS = 15n * NS_PER_SECOND;
/** Browsers open six connections to one server; the live feed holds one of them. */
const SOCKETS_MAX = 5;

/** Signs in. Throws with the answer when it is refused. */
export async function openViewer(
  base: string,
  account: { readonly name: string; readonly password: string },
  clock: Clock,
): Promise<Viewer> {
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS_MAX });
  let cookie = '';
  let feed: ClientRequest | null = null;
  let stopped = false;

  const ask = (method: string, path: string, body: string | null): Promise<IncomingMessage> =>
    new Promise((resolve, reject) => {
      const request = sendRequest(new URL(path, base), {
        method,
        ...(path === '/api/live' ? {} : { agent }),
        headers: {
          'x-tapeclock-board': '1',
          cookie,
          ...(body !== null && {
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(body),
          }),
        },
      });
      if (path === '/api/live') feed = request;
      const timer = clock.after(PATIENCE_NS, () => request.destroy(new Error('no answer in 15 s')));
      request.once('response', (response) => {
        timer.cancel();
        resolve(response);
      });
      request.once('error', (error) => {
        timer.cancel();
        reject(error);
      });
      request.end(body ?? undefined);
    });
  const textOf = async (response: IncomingMessage): Promise<string> => {
    let text = '';
    for await (const chunk of response.setEncoding('utf8')) text += chunk;
    return text;
  };

  const signedIn = await ask('POST', '/api/session', JSON.stringify(account));
  const told = await textOf(signedIn);
  if (signedIn.statusCode !== 200) throw new Error(`sign-in was answered ${signedIn.statusCode}: ${told}`);
  cookie = (signedIn.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';

  return {
    async poll(path) {
      const response = await ask('GET', path, null);
      await textOf(response);
      return response.statusCode ?? 0;
    },
    async listen(onEvent, onBroken) {
      const response = await ask('GET', '/api/live', null);
      if (response.statusCode !== 200) {
        throw new Error(`the live feed was answered ${response.statusCode}: ${await textOf(response)}`);
      }
      response.setEncoding('utf8');
      response.on('data', eventReader(onEvent));
      response.on('error', () => {});
      response.once('close', () => {
        if (!stopped) onBroken();
      });
    },
    stop() {
      stopped = true;
      feed?.destroy();
      agent.destroy();
    },
  };
}
