import * as net from 'node:net';
import * as tls from 'node:tls';
import type { ByteStream, Network, TlsOptions } from '../network.ts';

/** Who opens a line and says nothing, or half a word, does not keep it. */
const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Real sockets. Nagle is off: a report waits for nobody. */
export const tcpNetwork: Network = {
  listen(options, onConnection) {
    const accept = (socket: net.Socket) => onConnection(wrap(socket));
    const server =
      options.tls === undefined
        ? net.createServer({ noDelay: true }, accept)
        : tls.createServer(
            {
              ...tlsContext(options.tls),
              requestCert: options.tls.ca !== undefined,
              handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
            },
            accept,
          );
    // A failed handshake concerns that client alone.
    server.on('tlsClientError', () => {});
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, () => {
        server.off('error', reject);
        server.on('error', () => {});
        const address = server.address();
        resolve({
          port: typeof address === 'object' && address !== null ? address.port : options.port,
          close: () => new Promise((done) => server.close(() => done())),
        });
      });
    });
  },
  connect(options) {
    return new Promise((resolve, reject) => {
      const socket =
        options.tls === undefined
          ? net.connect({ host: options.host, port: options.port, noDelay: true })
          : tls.connect({
              host: options.host,
              port: options.port,
              ...tlsContext(options.tls),
              servername: options.tls.serverName ?? options.host,
            });
      const fail = (error: Error) => {
        socket.destroy();
        reject(error);
      };
      socket.setTimeout(options.timeoutMs, () =>
        fail(new Error(`no connection to ${options.host}:${options.port} within ${options.timeoutMs} ms`)),
      );
      socket.once('error', fail);
      socket.once(options.tls === undefined ? 'connect' : 'secureConnect', () => {
        socket.setTimeout(0);
        socket.off('error', fail);
        resolve(wrap(socket));
      });
    });
  },
};

function tlsContext(options: TlsOptions): tls.SecureContextOptions {
  return {
    minVersion: 'TLSv1.2',
    ...(options.certificate === undefined ? {} : { cert: options.certificate }),
    ...(options.privateKey === undefined ? {} : { key: options.privateKey }),
    ...(options.ca === undefined ? {} : { ca: options.ca }),
  };
}

function wrap(socket: net.Socket): ByteStream {
  let failure: Error | null = null;
  socket.setNoDelay(true);
  socket.on('error', (error) => {
    failure = error;
  });
  return {
    remoteAddress: socket.remoteAddress ?? '',
    handle(handlers) {
      socket.on('data', (bytes) => handlers.onData(bytes as Buffer));
      socket.on('drain', () => handlers.onDrain?.());
      socket.on('close', () => handlers.onClose(failure));
      // The peer's FIN ends the conversation: FIX knows no half-open session.
      socket.on('end', () => socket.end());
    },
    write: (bytes) => (socket.writable ? socket.write(bytes) : true),
    pause: () => void socket.pause(),
    resume: () => void socket.resume(),
    end: () => void socket.end(),
    destroy: () => void socket.destroy(),
  };
}
