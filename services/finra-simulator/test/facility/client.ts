// A FIX client for tests, as plain as a client can be: it says what it is told and keeps what it hears.
import { decodeMessage, encodeMessage, type Field, FrameReader } from '@tapeclock/fix/codec';
import type { ByteStream, Network } from '@tapeclock/ports';
import type { VirtualClock } from '@tapeclock/ports/virtual';
import { utcTimestamp } from '../../src/facility/wire-time.ts';

export interface Heard {
  readonly type: string;
  readonly seq: number;
  get(tag: number): string | null;
}

export class TestClient {
  readonly heard: Heard[] = [];
  closed = false;
  nextOut = 1;
  readonly #clock: VirtualClock;
  readonly #stream: ByteStream;

  private constructor(clock: VirtualClock, stream: ByteStream) {
    this.#clock = clock;
    this.#stream = stream;
    const reader = new FrameReader();
    stream.handle({
      onData: (bytes) => {
        reader.feed(bytes);
        for (let event = reader.next(); event !== null; event = reader.next()) {
          if (event.kind !== 'frame') throw new Error(`the facility sent ${event.kind}`);
          const message = decodeMessage(event.bytes);
          if (typeof message === 'string') throw new Error(message);
          this.heard.push({
            type: message.msgType,
            seq: Number(message.string(34)),
            get: (tag) => message.string(tag),
          });
        }
      },
      onClose: () => {
        this.closed = true;
      },
    });
  }

  static async connect(clock: VirtualClock, network: Network, port = 9881): Promise<TestClient> {
    const connecting = network.connect({ host: '127.0.0.1', port, timeoutMs: 1_000 });
    await clock.advance(5_000_000n);
    return new TestClient(clock, await connecting);
  }

  async send(
    type: string,
    body: readonly Field[],
    options: { seq?: number; header?: readonly Field[] } = {},
  ) {
    const seq = options.seq ?? this.nextOut;
    this.nextOut = Math.max(this.nextOut, seq + 1);
    this.#stream.write(
      encodeMessage('FIX.4.4', type, [
        [34, String(seq)],
        [49, 'TAPE'],
        [50, 'TAPE'],
        [52, utcTimestamp(this.#clock.nowNs())],
        [56, 'FNRA'],
        [57, 'ADF'],
        ...(options.header ?? []),
        ...body,
      ]),
    );
    await this.#clock.advance(50_000_000n);
  }

  logOn(options: { seq?: number; body?: readonly Field[] } = {}) {
    return this.send('A', [[98, '0'], [108, '30'], ...(options.body ?? [])], options);
  }

  last(type: string): Heard {
    const found = this.heard.findLast((message) => message.type === type);
    if (found === undefined)
      throw new Error(`no ${type} heard, only ${this.heard.map((message) => message.type)}`);
    return found;
  }
}

/** Body of a new report, executed at `executedNs`. */
export function newReport(
  id: string,
  executedNs: bigint,
  change: Readonly<Record<number, string>> = {},
): Field[] {
  const fields: Field[] = [
    [571, id],
    [487, '0'],
    [856, '0'],
    [570, 'N'],
    [48, 'IBM'],
    [22, '8'],
    [32, '100'],
    [31, '10.25'],
    [75, '20261124'],
    [60, utcTimestamp(executedNs)],
    [552, '2'],
    [54, '1'],
    [37, 'NONE'],
    [453, '1'],
    [448, 'TAPE'],
    [447, 'C'],
    [452, '1'],
    [528, 'P'],
    [54, '2'],
    [37, 'NONE'],
    [453, '1'],
    [448, 'WXYZ'],
    [447, 'C'],
    [452, '17'],
  ];
  return fields.map(([tag, value]) => [tag, change[tag] ?? value] as const);
}
