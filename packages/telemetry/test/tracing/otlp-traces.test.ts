import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import test from 'node:test';
import { virtualClock } from '@tapeclock/ports/virtual';
import { silentMetrics } from '../../src/index.ts';
import { otlpTraces } from '../../src/tracing/otlp-traces.ts';
import { sampleTrade } from './sample-trade.ts';

test('a collector receives the spans over OTLP/HTTP', async (t) => {
  const received: { path: string; body: string }[] = [];
  const collector = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    received.push({ path: request.url ?? '', body });
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  });
  t.after(() => collector.close());
  await new Promise<void>((listening) => collector.listen(0, '127.0.0.1', listening));
  const { port } = collector.address() as AddressInfo;
  const traces = await otlpTraces({
    clock: virtualClock(),
    metrics: silentMetrics,
    endpoint: `http://127.0.0.1:${port}/`,
    share: 1,
    processName: 'watch',
    version: '0',
  });
  traces.record(sampleTrade('1', 'late'));
  await traces.shutdown();
  assert.deepEqual(
    received.map(({ path }) => path),
    ['/v1/traces'],
  );
  const sent = JSON.parse(received[0]?.body ?? '') as {
    resourceSpans: { scopeSpans: { spans: { name: string; startTimeUnixNano: string }[] }[] }[];
  };
  const spans = sent.resourceSpans[0]?.scopeSpans[0]?.spans ?? [];
  assert.equal(spans.length, 7);
  assert.equal(spans[0]?.startTimeUnixNano, '1795532400000000000');
});
