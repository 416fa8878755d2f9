import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { memorySessionStore, startInitiator } from '@tapeclock/fix';
import { systemClock, tcpNetwork } from '@tapeclock/ports';
import { generate } from 'selfsigned';
import { startProduct } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tapeclock-tls-'));
after(() => rmSync(folder, { recursive: true }));
const certificateOf = (name: string) =>
  generate([{ name: 'commonName', value: name }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  });
const file = (name: string, content: string): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

test('with a certificate every door of the product speaks TLS, and FIX asks for one in return', {
  timeout: 60_000,
}, async (t) => {
  const [ours, client] = await Promise.all([certificateOf('product'), certificateOf('oms')]);
  const product = await startProduct({
    spare: false,
    variables: {
      TAPECLOCK_LISTEN_CERTIFICATE_FILE: file('ours.pem', ours.cert),
      TAPECLOCK_LISTEN_PRIVATE_KEY_FILE: file('ours.key', ours.private),
      TAPECLOCK_FIX_GATEWAY_CLIENT_CA_FILE: file('clients.pem', client.cert),
    },
  });
  t.after(async () => {
    await product.stop();
    rmSync(product.dataDir, { recursive: true, force: true });
  });
  const get = (port: number, path: string) =>
    new Promise<{ readonly status: number; readonly body: string }>((resolve, reject) => {
      const options = { host: '127.0.0.1', port, path, ca: ours.cert, servername: 'localhost' };
      const asked = request(options, (response) => {
        text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
      });
      asked.once('error', reject).end();
    });

  const { ports } = product;
  assert.match((await get(ports.dashboard, '/')).body, /<html/);
  assert.equal((await get(ports.dashboard, '/api/overview')).status, 401);
  assert.equal((await get(ports.rest, '/documentation/json')).status, 200);
  assert.match((await get(ports.hotHealth, '/readyz')).body, /"ready":true/);
  await assert.rejects(fetch(`http://127.0.0.1:${ports.dashboard}/`), 'plain HTTP is not answered');

  const logOn = (tls: { readonly certificate?: string; readonly privateKey?: string }) => {
    const state = Promise.withResolvers<string>();
    const initiator = startInitiator({
      network: tcpNetwork,
      clock: systemClock(product.clockOffsetNs),
      host: '127.0.0.1',
      port: ports.fix,
      tls: { ca: ours.cert, serverName: 'localhost', ...tls },
      session: {
        sessionId: 'DEMO44',
        role: 'initiator',
        beginString: 'FIX.4.4',
        senderCompId: 'DEMO44',
        targetCompId: 'TAPECLOCK',
        password: product.fixPassword,
      },
      store: memorySessionStore(),
      async onMessage() {},
      onState: (change) => {
        if (change.state !== 'CONNECTED') state.resolve(change.state);
      },
    });
    return { initiator, state: state.promise };
  };
  const stranger = logOn({});
  assert.equal(await stranger.state, 'DISCONNECTED');
  await (await stranger.initiator).stop();
  const known = logOn({ certificate: client.cert, privateKey: client.private });
  assert.equal(await known.state, 'LOGGED_ON');
  await (await known.initiator).stop();
});
