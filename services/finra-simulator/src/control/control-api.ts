import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { FacilityFaults } from '../facility/facility-faults.ts';
import type { RunningFacility } from '../facility/start-facility.ts';

const BODY_BYTES_MAX = 16 * 1024;

/**
 * Switches for testers, on loopback: `GET /faults`, `POST /faults` with the fields to change, `POST /cut` to cut every
 * facility connection once. Answers JSON.
 */
export async function startControlApi(
  facility: RunningFacility,
  options: { readonly host: string; readonly port: number },
): Promise<{ readonly port: number; stop(): Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    try {
      if (request.method === 'GET' && request.url === '/faults') return answer(200, facility.faults);
      if (request.method === 'POST' && request.url === '/cut') {
        facility.cutAll();
        return answer(200, {});
      }
      if (request.method === 'POST' && request.url === '/faults') {
        const complaint = change(facility, JSON.parse(await bodyOf(request)));
        return complaint === null ? answer(200, facility.faults) : answer(400, { error: complaint });
      }
      return answer(404, { error: 'GET /faults, POST /faults, POST /cut' });
    } catch (error) {
      return answer(400, { error: String(error) });
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : options.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Applies known switches of the right type, all or none. Going down also cuts who is on. */
function change(facility: RunningFacility, wanted: unknown): string | null {
  if (typeof wanted !== 'object' || wanted === null) return 'send a JSON object';
  const known = facility.faults as unknown as Record<string, unknown>;
  for (const [name, value] of Object.entries(wanted)) {
    if (!(name in known)) return `no switch called ${name}`;
    if (typeof value !== typeof known[name]) return `${name} is a ${typeof known[name]}`;
  }
  Object.assign(facility.faults, wanted satisfies Partial<FacilityFaults>);
  if (facility.faults.down) facility.cutAll();
  return null;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('body too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
