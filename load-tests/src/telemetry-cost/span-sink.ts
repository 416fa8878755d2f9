import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A collector that counts what it is sent and keeps nothing, so that the bench measures the product and not a back end. */
export interface SpanSink {
  readonly endpoint: string;
  spans(): number;
  close(): Promise<void>;
}

/** Every span has exactly one; nothing else in OTLP/HTTP JSON is called so. */
const SPAN_MARK = '"spanId"';

export async function openSpanSink(): Promise<SpanSink> {
  let spans = 0;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    spans += Buffer.concat(chunks).toString('latin1').split(SPAN_MARK).length - 1;
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans: () => spans,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}
