import type { ByteStream, Clock, Network } from '@tapeclock/ports';
import { sleep } from '@tapeclock/ports';
import { checkSum, complete, difference, type Step } from './definition.ts';

/** How long an answer may take: the definitions themselves wait for heartbeats of six seconds. */
const PATIENCE_NS = 20_000_000_000n;
const MESSAGE = /8=[^|]*\|9=(\d+)\|/y;

export interface Target {
  readonly network: Network;
  readonly clock: Clock;
  readonly port: number;
  readonly patterns: ReadonlyMap<string, RegExp>;
}

/** Plays one definition against a listening acceptor. Rejects at the first step that goes otherwise. */
export async function runDefinition(target: Target, steps: readonly Step[]): Promise<void> {
  const peers = new Map<number, Peer>();
  const all: Peer[] = [];
  try {
    for (const step of steps) {
      try {
        await play(target, step, peers, all);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        throw new Error(`line ${step.line}, ${step.act} ${step.text}: ${why}`);
      }
    }
  } finally {
    for (const peer of all) peer.close();
  }
}

async function play(target: Target, step: Step, peers: Map<number, Peer>, all: Peer[]): Promise<void> {
  const { clock, patterns } = target;
  if (step.act === 'connect') {
    const peer = await Peer.connect(target);
    peers.set(step.connection, peer);
    all.push(peer);
    return;
  }
  const peer = peers.get(step.connection);
  if (peer === undefined) throw new Error('not connected');
  const text = complete(step.text, Number(clock.nowNs() / 1_000_000n));
  switch (step.act) {
    case 'send':
      peer.send(text);
      break;
    case 'disconnect':
      peer.close();
      break;
    case 'expect': {
      const actual = await peer.message();
      const wrong = difference(text, actual, patterns);
      if (wrong !== null) throw new Error(`${wrong}\n  came ${actual}`);
      break;
    }
    case 'expectDisconnect':
      await peer.closed();
      break;
  }
}

/** One connection of the initiator, with a reader of its own: the codec under test does not judge itself. */
class Peer {
  readonly #stream: ByteStream;
  readonly #clock: Clock;
  #text = '';
  #isClosed = false;
  #wake: () => void = () => {};

  static async connect({ network, clock, port }: Target): Promise<Peer> {
    return new Peer(await network.connect({ host: '127.0.0.1', port, timeoutMs: 10_000 }), clock);
  }

  private constructor(stream: ByteStream, clock: Clock) {
    this.#stream = stream;
    this.#clock = clock;
    stream.handle({
      onData: (bytes) => {
        this.#text += Buffer.from(bytes).toString('latin1').replaceAll('\x01', '|');
        this.#wake();
      },
      onClose: () => {
        this.#isClosed = true;
        this.#wake();
      },
    });
  }

  send(text: string): void {
    this.#stream.write(Buffer.from(text.replaceAll('|', '\x01'), 'latin1'));
  }

  close(): void {
    this.#stream.destroy();
  }

  async message(): Promise<string> {
    let message = this.#take();
    while (message === null) {
      if (this.#isClosed) throw new Error('the line was closed instead');
      await this.#changed();
      message = this.#take();
    }
    return message;
  }

  async closed(): Promise<void> {
    while (!this.#isClosed) {
      const message = this.#take();
      if (message !== null) throw new Error(`a message came instead: ${message}`);
      await this.#changed();
    }
  }

  async #changed(): Promise<void> {
    const change = Promise.withResolvers<void>();
    this.#wake = change.resolve;
    const patience = new AbortController();
    const tooLate = sleep(this.#clock, PATIENCE_NS, patience.signal).then(() => {
      throw new Error('nothing came');
    });
    tooLate.catch(() => {});
    await Promise.race([change.promise, tooLate]).finally(() => patience.abort());
  }

  #take(): string | null {
    MESSAGE.lastIndex = 0;
    const [head, length = ''] = MESSAGE.exec(this.#text) ?? [];
    if (head === undefined) return null;
    const bodyEnd = head.length + Number(length);
    const end = this.#text.indexOf('|', bodyEnd);
    if (end < 0) return null;
    const message = this.#text.slice(0, end + 1);
    this.#text = this.#text.slice(end + 1);
    if (message.slice(bodyEnd) !== `10=${checkSum(message.slice(0, bodyEnd))}|`) {
      throw new Error(`wrong BodyLength or CheckSum: ${message}`);
    }
    return message;
  }
}
