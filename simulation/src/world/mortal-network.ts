import type { ByteStream, Network } from '@tapeclock/ports';
import type { Life } from './life.ts';

/** Sees every piece of bytes that leaves or reaches a process. */
export type WireTap = (direction: 'in' | 'out', bytes: Uint8Array) => void;

/** The network as one life of a process sees it. */
export function mortalNetwork(network: Network, life: Life, tap: WireTap): Network {
  return {
    listen: (options, onConnection) =>
      life.ask(() =>
        network.listen(options, (stream) => {
          if (life.cross()) onConnection(mortalStream(stream, life, tap));
          else stream.destroy();
        }),
      ),
    connect: (options) =>
      life.ask(async () => {
        const stream = await network.connect(options);
        // Opened for a process that died meanwhile: its host closes it.
        if (!life.alive) stream.destroy();
        return mortalStream(stream, life, tap);
      }),
  };
}

function mortalStream(stream: ByteStream, life: Life, tap: WireTap): ByteStream {
  return {
    remoteAddress: stream.remoteAddress,
    handle(handlers) {
      stream.handle({
        onData(bytes) {
          if (!life.cross()) return;
          tap('in', bytes);
          handlers.onData(bytes);
        },
        onDrain() {
          if (life.cross()) handlers.onDrain?.();
        },
        onClose(error) {
          if (life.cross()) handlers.onClose(error);
        },
      });
    },
    write(bytes) {
      if (!life.cross()) return true;
      tap('out', bytes);
      return stream.write(bytes);
    },
    pause: () => stream.pause(),
    resume: () => stream.resume(),
    end() {
      if (life.cross()) stream.end();
    },
    destroy() {
      if (life.cross()) stream.destroy();
    },
  };
}
