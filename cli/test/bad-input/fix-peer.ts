import { connect, type Socket } from 'node:net';
import {
  decodeMessage,
  encodeMessage,
  type Field,
  type FixMessage,
  FrameReader,
  formatUtcTimestamp,
} from '@tapeclock/fix/codec';
import type { World } from './world.ts';

const SOH = '\x01';

/** A trading system that can misbehave: every byte and every sequence number is ours to choose. */
export interface FixPeer {
  /** Number of the next message; a test may set it. */
  seq: number;
  readonly heard: readonly FixMessage[];
  readonly isOpen: () => boolean;
  raw(bytes: Uint8Array | string): void;
  /** A whole message under the next number. */
  message(msgType: string, fields: readonly Field[]): Buffer;
  send(msgType: string, fields: readonly Field[]): void;
  logon(): Promise<void>;
  /** Waits for a message of this type that has not been asked for before. */
  hear(msgType: string): Promise<FixMessage>;
  closed(): Promise<void>;
  hangUp(): void;
}

export async function fixPeer(
  world: World,
  senderCompId: string,
  options: { readonly seq?: number; readonly password?: string } = {},
): Promise<FixPeer> {
  const { product, clock } = world;
  const socket: Socket = connect({ host: '127.0.0.1', port: product.ports.fix });
  const reader = new FrameReader();
  const heard: FixMessage[] = [];
  const answered = new Set<FixMessage>();
  let isOpen = true;
  socket.on('error', () => {});
  socket.on('close', () => {
    isOpen = false;
  });
  socket.on('data', (bytes: Buffer) => {
    reader.feed(bytes);
    for (let event = reader.next(); event !== null; event = reader.next()) {
      const message = event.kind === 'frame' ? decodeMessage(event.bytes) : null;
      if (message !== null && typeof message !== 'string') heard.push(message);
    }
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
  });
  const peer: FixPeer = {
    seq: options.seq ?? 1,
    heard,
    isOpen: () => isOpen,
    raw: (bytes) => void socket.write(bytes),
    message(msgType, fields) {
      const head: Field[] = [
        [49, senderCompId],
        [56, 'TAPECLOCK'],
        [34, peer.seq],
        [52, formatUtcTimestamp(clock.nowNs(), 3)],
      ];
      peer.seq += 1;
      return encodeMessage('FIX.4.4', msgType, [...head, ...fields]);
    },
    send: (msgType, fields) => peer.raw(peer.message(msgType, fields)),
    async logon() {
      const password = options.password ?? product.fixPassword;
      peer.send('A', [
        [98, '0'],
        [108, 30],
        [554, password],
      ]);
      await peer.hear('A');
    },
    async hear(msgType) {
      const message = await world.until(`a message ${msgType} to ${senderCompId}`, async () =>
        heard.find((one) => one.msgType === msgType && !answered.has(one)),
      );
      answered.add(message);
      return message;
    },
    closed: async () => void (await world.until(`the end of ${senderCompId}`, async () => !isOpen)),
    hangUp: () => void socket.destroy(),
  };
  return peer;
}

/** Body of an execution report as trading systems copy it to us. `over` puts a field wrong; null leaves it out. */
export function executionReport(
  world: World,
  id: string,
  over: Readonly<Record<number, string | Uint8Array | null>> = {},
): Field[] {
  const fields: Field[] = [
    [37, `O-${id}`],
    [17, id],
    [150, 'F'],
    [39, '2'],
    [55, 'MSFT'],
    [54, '1'],
    [32, '100'],
    [31, '418.72'],
    [60, formatUtcTimestamp(world.clock.nowNs(), 9)],
    [528, 'P'],
    [453, '2'],
    [448, 'TCLK'],
    [447, 'C'],
    [452, '1'],
    [448, 'ALPB'],
    [447, 'C'],
    [452, '17'],
  ];
  return fields.flatMap(([tag, value]): Field[] => {
    const other = over[tag];
    return other === null ? [] : [[tag, other ?? value]];
  });
}

/** The same message with another CheckSum, or another BodyLength. */
export function withField(message: Buffer, tag: 9 | 10, change: (value: number) => string): Buffer {
  const text = message.toString('latin1');
  const pattern = new RegExp(`(^|${SOH})${tag}=(\\d+)${SOH}`);
  return Buffer.from(
    text.replace(
      pattern,
      (_all, before: string, value: string) => `${before}${tag}=${change(Number(value))}${SOH}`,
    ),
    'latin1',
  );
}
