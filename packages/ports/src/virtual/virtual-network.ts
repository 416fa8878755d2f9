import type { Ns } from '@tapeclock/domain';
import type { Clock } from '../clock.ts';
import type { ByteStream, Listener, Network } from '../network.ts';
import type { Random } from '../random.ts';
import { type Pipe, pipePair } from './virtual-pipe.ts';

export interface VirtualNetworkOptions {
  readonly clock: Clock;
  /** Seeds latency jitter and the way bytes are cut into pieces. */
  readonly random: Random;
  /** One way. @default 100 µs to 1 ms */
  readonly latencyNs?: () => Ns;
}

/** A network whose every delay, split and cut comes from the seed. Addresses are `host:port` strings. */
export interface VirtualNetwork {
  /** The network as one host sees it; a crash of that host cuts all its connections and listeners. */
  host(name: string): Network;
  crash(host: string): void;
  /** Cuts the connections between two hosts; bytes under way are lost after a random prefix. Returns how many. */
  cut(a: string, b: string): number;
  /** Refuses new connections between two hosts and holds bytes back until the returned function is called. */
  partition(a: string, b: string): () => void;
}

export function virtualNetwork(options: VirtualNetworkOptions): VirtualNetwork {
  const { clock, random } = options;
  const latencyNs = options.latencyNs ?? (() => 100_000n + BigInt(random.nextU32() % 900_000));
  const listeners = new Map<string, { readonly host: string; accept(stream: ByteStream): void }>();
  const links = new Set<{ readonly from: string; readonly to: string; readonly pipe: Pipe }>();
  const partitions = new Set<string>();
  let ephemeralPort = 40_000;

  const between = (a: string, b: string) => [...links].filter((link) => joins(link, a, b));
  const isParted = (a: string, b: string) => partitions.has(pairKey(a, b));

  return {
    host: (name) => ({
      async listen({ host, port }, onConnection): Promise<Listener> {
        const bound = port === 0 ? ephemeralPort++ : port;
        const address = `${host}:${bound}`;
        if (listeners.has(address)) throw new Error(`EADDRINUSE: ${address}`);
        const own = { host: name, accept: onConnection };
        listeners.set(address, own);
        return {
          port: bound,
          async close() {
            if (listeners.get(address) === own) listeners.delete(address);
          },
        };
      },
      connect({ host, port, timeoutMs }) {
        return new Promise((resolve, reject) => {
          clock.after(latencyNs(), () => {
            const listener = listeners.get(`${host}:${port}`);
            if (listener === undefined) {
              reject(new Error(`ECONNREFUSED: ${host}:${port}`));
              return;
            }
            if (isParted(name, listener.host)) {
              clock.after(BigInt(timeoutMs) * 1_000_000n, () =>
                reject(new Error(`ETIMEDOUT: ${host}:${port}`)),
              );
              return;
            }
            const pipe = pipePair({ clock, random, latencyNs, held: () => isParted(name, listener.host) });
            const link = { from: name, to: listener.host, pipe };
            links.add(link);
            pipe.onDead(() => links.delete(link));
            listener.accept(pipe.server);
            resolve(pipe.client);
          });
        });
      },
    }),
    crash(name) {
      for (const [address, listener] of listeners) if (listener.host === name) listeners.delete(address);
      for (const link of [...links]) {
        if (link.from === name) link.pipe.killClientSide();
        else if (link.to === name) link.pipe.killServerSide();
      }
    },
    cut(a, b) {
      const cutLinks = between(a, b);
      for (const link of cutLinks) link.pipe.cut();
      return cutLinks.length;
    },
    partition(a, b) {
      const key = pairKey(a, b);
      partitions.add(key);
      return () => {
        partitions.delete(key);
        for (const link of between(a, b)) link.pipe.release();
      };
    },
  };
}

function joins(link: { readonly from: string; readonly to: string }, a: string, b: string): boolean {
  return (link.from === a && link.to === b) || (link.from === b && link.to === a);
}

function pairKey(a: string, b: string): string {
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}
