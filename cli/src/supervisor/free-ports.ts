import { createServer } from 'node:net';

/** `null` when the port can be bound, else the reason. */
function tryPort(
  host: string,
  port: number,
): Promise<{ readonly port: number; readonly fault: string | null }> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      resolve({ port, fault: error.code ?? String(error) }),
    );
    server.listen(port, host, () => {
      const address = server.address();
      const bound = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve({ port: bound, fault: null }));
    });
  });
}

/** The ports that somebody else holds, with the setting that moves ours elsewhere. Port 0 is always free. */
export async function takenPorts(
  host: string,
  wanted: readonly { readonly port: number; readonly variable: string; readonly use: string }[],
): Promise<readonly string[]> {
  const tried = await Promise.all(
    wanted.map(async (want) => ({ want, ...(await tryPort(host, want.port)) })),
  );
  return tried
    .filter(({ fault }) => fault !== null)
    .map(({ want, fault }) => {
      const why = fault === 'EADDRINUSE' ? 'is in use' : `cannot be bound (${fault})`;
      return `port ${want.port} (${want.use}) ${why}: stop what holds it, or set ${want.variable}`;
    });
}

/** So many different free ports. Somebody else may take one before we do; for tests that is chance enough. */
export async function freePorts(host: string, count: number): Promise<readonly number[]> {
  const ports = new Set<number>();
  while (ports.size < count) ports.add((await tryPort(host, 0)).port);
  return [...ports];
}
