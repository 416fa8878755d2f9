import assert from 'node:assert/strict';
import test from 'node:test';
import { systemClock, tcpNetwork } from '@tapeclock/ports';
import { memorySessionStore, type Session, startAcceptor, startInitiator } from '../../src/index.ts';
import { ACCEPTOR, INITIATOR, trade } from './party.ts';

test('over real sockets: a thousand messages in many pieces arrive in order, and both sides end well', async () => {
  const clock = systemClock();
  const all = Promise.withResolvers<void>();
  const up = Promise.withResolvers<Session>();
  const down = Promise.withResolvers<string>();
  const ids: (string | null)[] = [];
  const server = await startAcceptor({
    network: tcpNetwork,
    clock,
    host: '127.0.0.1',
    port: 0,
    sessions: () => ({ session: ACCEPTOR, store: memorySessionStore(), remoteAddresses: ['127.0.0.1'] }),
    async onMessage(_, { message }) {
      ids.push(message.string(17));
      if (ids.length === 1000) all.resolve();
    },
    onState: ({ state, code }) => {
      if (state === 'DISCONNECTED') down.resolve(String(code));
    },
  });
  const client = await startInitiator({
    network: tcpNetwork,
    clock,
    host: '127.0.0.1',
    port: server.port,
    session: INITIATOR,
    store: memorySessionStore(),
    async onMessage() {},
    onState: ({ state, session }) => {
      if (state === 'LOGGED_ON') up.resolve(session);
    },
  });
  const session = await up.promise;
  for (let i = 0; i < 1000; i += 1) void session.send(trade(`E${i}`));
  await all.promise;
  assert.deepEqual(
    ids,
    Array.from({ length: 1000 }, (_, i) => `E${i}`),
  );
  await client.stop();
  assert.equal(await down.promise, 'LOGGED_OUT');
  await server.stop();
});
