import assert from 'node:assert/strict';
import { test } from 'node:test';
import { generate } from 'selfsigned';
import { type ByteStream, type TlsOptions, tcpNetwork } from '../../src/index.ts';

const LOCALHOST = [{ name: 'subjectAltName' as const, altNames: [{ type: 2 as const, value: 'localhost' }] }];
const certificateOf = async (name: string) => {
  const { cert, private: privateKey } = await generate([{ name: 'commonName', value: name }], {
    extensions: LOCALHOST,
  });
  return { certificate: cert, privateKey };
};
const server = await certificateOf('server');
const client = await certificateOf('client');
const stranger = await certificateOf('stranger');

/** Longer than the header of a TLS record, so that it can be told from the start of one. */
const PING = 'ping, ping';

/** What a client hears after a ping: the echo, or null when the line ends without one. */
async function ping(listen: TlsOptions | undefined, connect: TlsOptions | undefined): Promise<string | null> {
  const streams: ByteStream[] = [];
  const listener = await tcpNetwork.listen(
    { host: '127.0.0.1', port: 0, ...(listen === undefined ? {} : { tls: listen }) },
    (stream) => {
      streams.push(stream);
      stream.handle({ onData: (bytes) => void stream.write(bytes), onClose() {} });
    },
  );
  try {
    const stream = await tcpNetwork.connect({
      host: '127.0.0.1',
      port: listener.port,
      timeoutMs: 10_000,
      ...(connect === undefined ? {} : { tls: { serverName: 'localhost', ...connect } }),
    });
    return await new Promise((resolve) => {
      stream.handle({
        onData(bytes) {
          resolve(Buffer.from(bytes).toString());
          stream.end();
        },
        onClose: () => resolve(null),
      });
      stream.write(Buffer.from(PING));
    });
  } finally {
    for (const stream of streams) stream.destroy();
    await listener.close();
  }
}

test('bytes pass over TCP, and over TLS whose certificate is trusted', async () => {
  assert.equal(await ping(undefined, undefined), PING);
  assert.equal(await ping(server, { ca: server.certificate }), PING);
});

test('a certificate that nobody vouches for, or of another name, is not spoken to', async () => {
  await assert.rejects(ping(server, {}), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  await assert.rejects(ping(server, { ca: stranger.certificate }), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  await assert.rejects(ping(server, { ca: server.certificate, serverName: 'elsewhere' }), {
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('a listener that asks for certificates takes those of its issuers alone', async () => {
  const strict = { ...server, ca: client.certificate };
  const trusting = { ca: server.certificate };
  assert.equal(await ping(strict, { ...trusting, ...client }), PING);
  // TLS 1.3 ends the client's side of the handshake first: it hears of the refusal as the end of the line.
  assert.equal(await ping(strict, { ...trusting, ...stranger }), null);
  assert.equal(await ping(strict, trusting), null);
});

test('who speaks in the clear to a TLS port gets nothing, and the port goes on', async () => {
  assert.equal(await ping(server, undefined), null);
});
