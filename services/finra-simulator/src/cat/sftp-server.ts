/** SFTP in front of the desk: `/upload` takes files, `/feedback` gives them. Nothing else is to be seen. */
import { createHash, timingSafeEqual } from 'node:crypto';
import ssh2, { type AuthContext, type Connection } from 'ssh2';
import type { CatDesk } from './cat-desk.ts';
import { serveSftp } from './sftp-session.ts';

export interface SftpServerOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** OpenSSH or PEM private key. */
  readonly hostKey: string;
  readonly username: string;
  readonly password: string | null;
  /** OpenSSH form; null for none. */
  readonly publicKey: string | null;
}

export interface SftpServer {
  readonly port: number;
  cutAll(): void;
  stop(): Promise<void>;
}

export async function startSftpServer(desk: CatDesk, options: SftpServerOptions): Promise<SftpServer> {
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [options.hostKey] }, (connection) => {
    if (desk.faults.down) {
      connection.end();
      return;
    }
    connections.add(connection);
    // Not in its types, but there: without it each small answer waits for an acknowledgement.
    (connection as Connection & { setNoDelay(on: boolean): void }).setNoDelay(true);
    connection.on('close', () => connections.delete(connection));
    // A client that hangs up in mid-handshake is no fault of ours.
    connection.on('error', () => {});
    connection.on('authentication', (context) => {
      if (context.username === options.username && isAllowed(context, options)) context.accept();
      else context.reject(['password', 'publickey']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serveSftp(acceptSftp(), desk));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, () => resolve());
  });
  const cutAll = (): void => {
    for (const connection of connections) connection.end();
  };
  return {
    port: (server.address() as { readonly port: number }).port,
    cutAll,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cutAll();
      }),
  };
}

function isAllowed(context: AuthContext, options: SftpServerOptions): boolean {
  if (context.method === 'password') {
    return options.password !== null && isSame(context.password, options.password);
  }
  if (context.method !== 'publickey' || options.publicKey === null) return false;
  const key = ssh2.utils.parseKey(options.publicKey);
  if (key instanceof Error || context.key.algo !== key.type) return false;
  if (!context.key.data.equals(key.getPublicSSH())) return false;
  // Without a signature the client only asks whether the key would do.
  if (context.signature === undefined || context.blob === undefined) return true;
  return key.verify(context.blob, context.signature, context.hashAlgo) === true;
}

/** Compares digests, so that neither length nor content shows in the time taken. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
