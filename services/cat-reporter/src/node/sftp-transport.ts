/** CAT over SFTP. One connection, opened when first needed and again after it broke. */
import { createHash } from 'node:crypto';
import { connect as connectTcp } from 'node:net';
import SftpClient from 'ssh2-sftp-client';
import type { CatSftpConfig } from '../cat-config.ts';
import { type CatTransport, CatTransportError } from '../cat-transport.ts';

export function sftpTransport(config: CatSftpConfig): CatTransport {
  let connection: Promise<SftpClient> | null = null;

  const connect = async (): Promise<SftpClient> => {
    const forget = (): void => {
      connection = null;
    };
    const client = new SftpClient('cat', { error: forget, end: forget, close: forget });
    await client.connect({
      // SFTP asks and answers in small packets: with Nagle's algorithm each of them waits for an acknowledgement.
      sock: connectTcp({ host: config.host, port: config.port, noDelay: true }),
      username: config.username,
      ...(config.password === null ? {} : { password: config.password }),
      ...(config.privateKey === null ? {} : { privateKey: config.privateKey }),
      readyTimeout: config.connectTimeoutMs,
      // Never trust on first use: trades and credentials go through here.
      hostVerifier: (key: Buffer) => hostKeyFingerprint(key) === config.hostKeySha256,
    });
    return client;
  };

  const withClient = async <T>(code: string, act: (client: SftpClient) => Promise<T>): Promise<T> => {
    connection ??= connect();
    let client: SftpClient;
    try {
      client = await connection;
    } catch (error) {
      connection = null;
      throw new CatTransportError(
        'CONNECT',
        `cannot reach CAT at ${config.host}:${config.port}: ${textOf(error)}`,
        {
          cause: error,
        },
      );
    }
    try {
      return await act(client);
    } catch (error) {
      if (error instanceof CatTransportError) throw error;
      throw new CatTransportError(code, textOf(error), { cause: error });
    }
  };

  return {
    list: (folder) =>
      withClient('LIST', async (client) => {
        if ((await client.exists(folder)) !== 'd') return [];
        const entries = await client.list(folder);
        return entries
          .filter(({ type }) => type === '-')
          .map(({ name, size }) => ({ name, sizeBytes: size }))
          .sort((a, b) => (a.name < b.name ? -1 : 1));
      }),
    upload: (path, bytes) =>
      withClient('UPLOAD', async (client) => {
        await client.put(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), path);
      }),
    download: (path, bytesMax) =>
      withClient('DOWNLOAD', async (client) => {
        const { size } = await client.stat(path);
        if (size > bytesMax) throw new CatTransportError('TOO_LARGE', `${path} has ${size} bytes`);
        const content = await client.get(path);
        if (!Buffer.isBuffer(content)) throw new CatTransportError('DOWNLOAD', `${path} came as a stream`);
        return new Uint8Array(content);
      }),
    async close() {
      const open = connection;
      connection = null;
      const client = await open?.catch(() => null);
      await client?.end();
    },
  };
}

/** `SHA256:…` as OpenSSH prints it. */
export function hostKeyFingerprint(key: Uint8Array): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
