import assert from 'node:assert/strict';
import test from 'node:test';
import { startHealthServer } from '../../src/index.ts';

test('says alive, ready or who is not, and hands the metrics out', async () => {
  const services = [
    { name: 'one', ready: true },
    { name: 'two', ready: false },
  ];
  const server = await startHealthServer({
    host: '127.0.0.1',
    port: 0,
    processName: 'hot',
    services: () => services,
    contentType: 'application/openmetrics-text',
    scrape: async () => '# EOF\n',
  });
  const get = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });
  assert.equal((await get('/healthz')).status, 200);
  const waiting = await get('/readyz?verbose');
  assert.equal(waiting.status, 503);
  assert.deepEqual(((await waiting.json()) as { services: unknown }).services, services);
  services[1] = { name: 'two', ready: true };
  assert.equal((await get('/readyz')).status, 200);
  services.length = 0;
  assert.equal((await get('/readyz')).status, 503);
  const metrics = await get('/metrics');
  assert.equal(metrics.headers.get('content-type'), 'application/openmetrics-text');
  assert.equal(await metrics.text(), '# EOF\n');
  assert.equal((await get('/elsewhere')).status, 404);
  assert.equal((await get('/healthz', 'POST')).status, 405);
  await assert.rejects(
    startHealthServer({
      host: '127.0.0.1',
      port: server.port,
      processName: 'hot',
      services: () => [],
      contentType: '',
      scrape: async () => '',
    }),
    { code: 'EADDRINUSE' },
  );
  await server.close();
});
