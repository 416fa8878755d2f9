import type { Ns } from '@tapeclock/domain';
import type { Clock } from '../clock.ts';
import type { ByteStream } from '../network.ts';
import type { Random } from '../random.ts';

interface PipeOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly latencyNs: () => Ns;
  /** True while nothing may arrive. */
  readonly held: () => boolean;
}

/** Both ends of one connection. */
export interface Pipe {
  readonly client: ByteStream;
  readonly server: ByteStream;
  /** Both ends learn of the loss; bytes under way arrive up to a random prefix. */
  cut(): void;
  /** The host of that end died: it hears nothing more, the other end sees the connection close. */
  killClientSide(): void;
  killServerSide(): void;
  /** Delivers what was held back. */
  release(): void;
  onDead(run: () => void): void;
}

const BUFFER_BYTES_MAX = 256 * 1024;

export function pipePair(options: PipeOptions): Pipe {
  const client = new End(options);
  const server = new End(options);
  client.peer = server;
  server.peer = client;
  const dead: (() => void)[] = [];
  const ended = () => {
    if (client.closed && server.closed) for (const run of dead.splice(0)) run();
  };
  client.onClosed = ended;
  server.onClosed = ended;
  const lost = new Error('connection lost');
  return {
    client: client.stream,
    server: server.stream,
    cut() {
      client.loseTail();
      server.loseTail();
      client.close(lost);
      server.close(lost);
    },
    killClientSide() {
      client.silence();
      server.close(lost);
    },
    killServerSide() {
      server.silence();
      client.close(lost);
    },
    release() {
      client.pump();
      server.pump();
    },
    onDead: (run) => void dead.push(run),
  };
}

type Handlers = Parameters<ByteStream['handle']>[0];

/** One end: what is on its way to it, and who listens. */
class End {
  peer: End | null = null;
  closed = false;
  onClosed: () => void = () => {};
  readonly stream: ByteStream;
  readonly #options: PipeOptions;
  #inbound: { readonly bytes: Uint8Array; readonly atNs: Ns }[] = [];
  #inboundBytes = 0;
  #handlers: Handlers | null = null;
  #paused = false;
  #endAfter = false;
  #lastArrivalNs = 0n;
  #peerWaitsForDrain = false;
  #closedBy: Error | null = null;
  #isTold = false;

  constructor(options: PipeOptions) {
    this.#options = options;
    this.stream = {
      remoteAddress: '127.0.0.1',
      handle: (handlers) => {
        this.#handlers = handlers;
        // It may have been closed before its owner had it in hand; the owner is told all the same, a turn later.
        if (this.closed) this.#options.clock.after(0n, () => this.#tellClosed());
        else this.pump();
      },
      write: (bytes) => this.peer?.accept(bytes) ?? true,
      pause: () => {
        this.#paused = true;
      },
      resume: () => {
        this.#paused = false;
        this.pump();
      },
      end: () => {
        const peer = this.peer;
        this.close(null);
        peer?.endAfterDelivery();
      },
      destroy: () => {
        const peer = this.peer;
        this.close(null);
        if (peer !== null) this.#options.clock.after(this.#options.latencyNs(), () => peer.close(null));
      },
    };
  }

  /** Bytes from the peer set out; they arrive in order, in pieces of the seed's choosing. */
  accept(bytes: Uint8Array): boolean {
    if (this.closed) return true;
    const { clock, random, latencyNs } = this.#options;
    const whole = Uint8Array.from(bytes);
    const cutAt =
      whole.length > 1 && random.nextU32() % 8 === 0
        ? 1 + (random.nextU32() % (whole.length - 1))
        : whole.length;
    for (const piece of [whole.subarray(0, cutAt), whole.subarray(cutAt)]) {
      if (piece.length === 0) continue;
      const arrivalNs = clock.monotonicNs() + latencyNs();
      this.#lastArrivalNs = arrivalNs > this.#lastArrivalNs ? arrivalNs : this.#lastArrivalNs;
      this.#inbound.push({ bytes: piece, atNs: this.#lastArrivalNs });
      this.#inboundBytes += piece.length;
      clock.after(this.#lastArrivalNs - clock.monotonicNs(), () => this.pump());
    }
    this.#peerWaitsForDrain = this.#inboundBytes > BUFFER_BYTES_MAX;
    return !this.#peerWaitsForDrain;
  }

  /** Delivers what has arrived, unless nobody reads, or the network holds it. */
  pump(): void {
    const nowNs = this.#options.clock.monotonicNs();
    while (!this.closed && !this.#paused && this.#handlers !== null && !this.#options.held()) {
      const piece = this.#inbound[0];
      if (piece === undefined || piece.atNs > nowNs) break;
      this.#inbound.shift();
      this.#inboundBytes -= piece.bytes.length;
      this.#handlers.onData(piece.bytes);
    }
    if (this.#peerWaitsForDrain && this.#inboundBytes <= BUFFER_BYTES_MAX / 2) {
      this.#peerWaitsForDrain = false;
      this.peer?.drained();
    }
    if (this.#endAfter && this.#inbound.length === 0) this.close(null);
  }

  drained(): void {
    if (!this.closed) this.#handlers?.onDrain?.();
  }

  endAfterDelivery(): void {
    this.#endAfter = true;
    const { clock, latencyNs } = this.#options;
    const waitNs = this.#lastArrivalNs - clock.monotonicNs();
    clock.after(waitNs > 0n ? waitNs : latencyNs(), () => this.pump());
  }

  /** A cut loses the end of what was under way; a prefix of it, cut at any byte, still arrives. */
  loseTail(): void {
    const pending = this.#inbound.reduce((sum, piece) => sum + piece.bytes.length, 0);
    if (pending === 0 || this.closed || this.#paused || this.#handlers === null) return;
    let keep = this.#options.random.nextU32() % (pending + 1);
    for (const piece of this.#inbound.splice(0)) {
      const part = piece.bytes.subarray(0, keep);
      keep -= part.length;
      // Whoever reads the first part may die of it.
      if (part.length > 0) this.#handlers?.onData(part);
    }
  }

  close(error: Error | null): void {
    if (this.closed) return;
    this.closed = true;
    this.#inbound = [];
    this.#closedBy = error;
    if (this.#handlers !== null) this.#tellClosed();
    this.onClosed();
  }

  #tellClosed(): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#handlers?.onClose(this.#closedBy);
  }

  /** The host is dead: nobody is told anything. */
  silence(): void {
    this.#handlers = null;
    this.#isTold = true;
    this.close(null);
  }
}
