import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import type { ByteStream, Network } from '@tapeclock/ports';
import { seededRandom, type VirtualClock, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import {
  encodeMessage,
  type Field,
  FrameReader,
  formatUtcTimestamp,
  memorySessionStore,
  SendError,
} from '../../src/index.ts';
import { readable } from '../codec/samples.ts';

import { acceptor, idsOf, initiator, journal, PORT, trade } from './party.ts';

function world() {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(3) });
  return { clock, desk: net.host('desk'), tape: net.host('tape'), told: journal() };
}

/** A bare connection: what it was sent, and whether it still stands. */
async function dial(clock: VirtualClock, network: Network) {
  const connecting = network.connect({ host: '127.0.0.1', port: PORT, timeoutMs: 1000 });
  const reader = new FrameReader();
  const peer = { isClosed: false, stream: null as unknown as ByteStream, reader };
  const ready = connecting.then((stream) => {
    peer.stream = stream;
    stream.handle({
      onData: (bytes) => reader.feed(bytes),
      onClose: () => {
        peer.isClosed = true;
      },
    });
  });
  await clock.advance(10n * NS_PER_MS);
  await ready;
  return peer;
}

function message(clock: VirtualClock, msgType: string, seq: number, body: Field[], sender = 'DESK'): Buffer {
  return encodeMessage('FIX.4.4', msgType, [
    [49, sender],
    [56, 'TAPE'],
    [34, seq],
    [52, formatUtcTimestamp(clock.nowNs(), 3)],
    ...body,
  ]);
}

function texts(reader: FrameReader): string[] {
  const all: string[] = [];
  for (let event = reader.next(); event !== null; event = reader.next()) {
    if (event.kind === 'frame') all.push(readable(event.bytes));
  }
  return all;
}

const LOGON: Field[] = [
  [98, 0],
  [108, 10],
];

test('garbage before a Logon is skipped and counted, and the Logon still works', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(Buffer.from('SSH-2.0-nobody\r\n'));
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
  assert.deepEqual(
    told.incidents.map(({ code }) => code),
    ['GARBAGE'],
  );
});

test('a garbled Logon is closed at once', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  const logon = message(clock, 'A', 1, LOGON).toString('latin1');
  peer.stream.write(Buffer.from(logon.replace(/9=\d+/, '9=40'), 'latin1'));
  await clock.advance(100n * NS_PER_MS);
  assert.equal(peer.isClosed, true);
  assert.equal(told.incidents.at(-1)?.code, 'NO_LOGON');
});

test('endless garbage before a Logon is closed', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(Buffer.alloc(100_000, 'x'));
  await clock.advance(NS_PER_SECOND);
  assert.equal(peer.isClosed, true);
  assert.equal(told.incidents.at(-1)?.code, 'NO_LOGON');
});

for (const [name, incident, sender, accepted] of [
  ['of an unknown counterparty', 'UNKNOWN_SESSION', 'NOBODY', {}],
  ['from another address', 'ADDRESS_REFUSED', 'DESK', { remoteAddresses: ['10.0.0.0/8', '::1'] }],
  ['with a wrong password', 'PASSWORD_REFUSED', 'DESK', { authenticate: () => false }],
  [
    'whose password cannot be checked',
    'LOOKUP_FAILED',
    'DESK',
    { authenticate: () => Promise.reject(new Error('directory down')) },
  ],
] as const) {
  test(`a Logon ${name} is closed without an answer`, async () => {
    const { clock, desk, tape, told } = world();
    const server = await acceptor({ clock, network: tape, told, accepted });
    const peer = await dial(clock, desk);
    peer.stream.write(message(clock, 'A', 1, LOGON, sender));
    await clock.advance(NS_PER_SECOND);
    assert.equal(peer.isClosed, true);
    assert.equal(peer.reader.next(), null);
    assert.deepEqual(
      told.incidents.map(({ code }) => code),
      [incident],
    );
    assert.deepEqual(server.sessions(), []);
  });
}

test('credentials reach the check, from an allowed subnet', async () => {
  const { clock, desk, tape, told } = world();
  const seen: unknown[] = [];
  const server = await acceptor({
    clock,
    network: tape,
    told,
    accepted: { remoteAddresses: ['127.0.0.0/8'], authenticate: (given) => seen.push(given) > 0 },
  });
  await initiator({ clock, network: desk, told: journal(), session: { username: 'u', password: 'p' } });
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(seen, [{ username: 'u', password: 'p', newPassword: null }]);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
});

test('a second Logon for a session is refused while the first lives, and taken once it is gone', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const first = await dial(clock, desk);
  first.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  const second = await dial(clock, desk);
  second.stream.write(message(clock, 'A', 2, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual([first.isClosed, second.isClosed], [false, true]);
  assert.equal(told.incidents.at(-1)?.code, 'ALREADY_LOGGED_ON');
  first.stream.destroy();
  await clock.advance(10n * NS_PER_MS);
  const third = await dial(clock, desk);
  third.stream.write(message(clock, 'A', 2, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.equal(third.isClosed, false);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
});

test('a Logon right behind a drop waits for the old line to end, and is taken', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const first = await dial(clock, desk);
  first.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  const second = await dial(clock, desk);
  second.stream.write(message(clock, 'A', 2, LOGON));
  first.stream.destroy();
  await clock.advance(NS_PER_SECOND);
  assert.equal(second.isClosed, false);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
});

/** Its peers do not close when our side ends: only `destroy` does. */
function stubborn(network: Network): Network {
  return {
    connect: (options) => network.connect(options),
    listen: (options, onConnection) =>
      network.listen(options, (stream) =>
        onConnection({
          remoteAddress: stream.remoteAddress,
          handle: (handlers) => stream.handle(handlers),
          write: (bytes) => stream.write(bytes),
          pause: () => stream.pause(),
          resume: () => stream.resume(),
          end: () => {},
          destroy: () => stream.destroy(),
        }),
      ),
  };
}

test('a line that we have ended and the peer does not close is no obstacle to its next Logon', async () => {
  const { clock, desk, tape, told } = world();
  const session = { logoutTimeoutNs: 60n * NS_PER_SECOND };
  const server = await acceptor({ clock, network: stubborn(tape), told, session });
  const first = await dial(clock, desk);
  first.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  first.stream.write(message(clock, '5', 2, []));
  await clock.advance(NS_PER_SECOND);
  const second = await dial(clock, desk);
  second.stream.write(message(clock, 'A', 3, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual([first.isClosed, second.isClosed], [true, false]);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
  assert.deepEqual(
    told.states.map(({ state }) => state),
    ['CONNECTED', 'LOGGED_ON', 'DISCONNECTED', 'CONNECTED', 'LOGGED_ON'],
  );
});

test('two Logons for one session at the same moment: one is refused', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told });
  const peers = [await dial(clock, desk), await dial(clock, desk)];
  for (const peer of peers) peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(peers.map(({ isClosed }) => isClosed).sort(), [false, true]);
});

test('a flood of connections that never log on is bounded and times out', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told, more: { strangersMax: 5 } });
  const peers = [];
  for (let i = 0; i < 8; i += 1) peers.push(await dial(clock, desk));
  await clock.advance(NS_PER_MS * 10n);
  assert.equal(peers.filter(({ isClosed }) => isClosed).length, 3);
  await clock.advance(6n * NS_PER_SECOND);
  assert.ok(peers.every(({ isClosed }) => isClosed));
  const codes = told.incidents.map(({ code }) => code);
  assert.equal(codes.filter((code) => code === 'TOO_MANY_CONNECTIONS').length, 3);
  assert.equal(codes.filter((code) => code === 'NO_LOGON').length, 5);
  const late = await dial(clock, desk);
  late.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.equal(late.isClosed, false, 'there is room again');
});

test('a probe that closes without a byte leaves no trace', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told });
  const probe = await dial(clock, desk);
  probe.stream.destroy();
  await clock.advance(20n * NS_PER_SECOND);
  assert.deepEqual([told.incidents, told.states], [[], []]);
});

test('a 16 MB message ends its connection, and the session can come back', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  peer.stream.write(Buffer.from('8=FIX.4.4\x019=16777216\x0135=8\x01'));
  await clock.advance(NS_PER_SECOND);
  assert.equal(peer.isClosed, true);
  assert.equal(told.states.at(-1)?.code, 'MESSAGE_TOO_LARGE');
  const again = await dial(clock, desk);
  again.stream.write(message(clock, 'A', 2, LOGON));
  await clock.advance(NS_PER_SECOND);
  assert.equal(server.sessions()[0]?.isLoggedOn, true);
});

test('a garbled message uses no number, and the next one is taken', async () => {
  const { clock, desk, tape, told } = world();
  await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  const wrong = message(clock, '8', 2, [[17, 'wrong']]);
  wrong[wrong.length - 2] = 0x78;
  peer.stream.write(wrong);
  peer.stream.write(message(clock, '8', 2, [[17, 'right']]));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(idsOf(told.received), ['right']);
  assert.deepEqual(
    told.incidents.map(({ code }) => code),
    ['GARBLED'],
  );
});

test('a taker that falls behind stops the reading at its window, and loses nothing', async () => {
  const { clock, desk, tape, told } = world();
  const open: (() => void)[] = [];
  told.take = () => new Promise((resolve) => void open.push(resolve));
  const server = await acceptor({ clock, network: tape, told, limits: { windowMessages: 4 } });
  const client = await initiator({ clock, network: desk, told: journal() });
  await clock.advance(NS_PER_SECOND);
  for (let i = 0; i < 20; i += 1) void client.send(trade(`E${i}`));
  await clock.advance(60n * NS_PER_SECOND);
  assert.equal(told.received.length, 4);
  assert.equal(server.sessions()[0]?.nextIn, 2);
  assert.equal(server.sessions()[0]?.isLoggedOn, true, 'our own silence is not the peer’s');
  for (let i = 0; i < 20; i += 1) {
    open.shift()?.();
    await clock.settle();
  }
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(
    idsOf(told.received),
    Array.from({ length: 20 }, (_, i) => `E${i}`),
  );
});

test('a message that is not taken drops the line, and comes again marked', async () => {
  const { clock, desk, tape, told } = world();
  let failures = 1;
  told.take = async (_, { message: taken }) => {
    if (taken.string(17) === 'B' && failures-- > 0) throw new Error('disk full');
  };
  await acceptor({ clock, network: tape, told });
  const client = await initiator({ clock, network: desk, told: journal() });
  await clock.advance(NS_PER_SECOND);
  for (const id of ['A', 'B', 'C']) void client.send(trade(id));
  await clock.advance(10n * NS_PER_SECOND);
  const ends = told.states.filter(({ state }) => state === 'DISCONNECTED');
  assert.deepEqual(
    ends.map(({ code }) => code),
    ['NOT_TAKEN'],
  );
  assert.equal(told.incidents[0]?.text, 'message 3: disk full');
  const repeats = told.received.filter(({ isPossDup }) => isPossDup);
  assert.equal(idsOf(repeats)[0], 'B');
  assert.equal(idsOf(told.received).filter((id) => id === 'A').length, 1);
});

test('what was taken is recorded soon, and a session opened again goes on from there', async () => {
  const { clock, desk, tape, told } = world();
  const store = memorySessionStore();
  await acceptor({ clock, network: tape, told, store });
  const client = await initiator({ clock, network: desk, told: journal() });
  await clock.advance(NS_PER_SECOND);
  for (const id of ['A', 'B']) void client.send(trade(id));
  await clock.advance(100n * NS_PER_MS);
  assert.equal((await store.load()).nextIn, 4);
});

test('a reset right after a message was taken leaves no number of the old numbering behind', async () => {
  const { clock, desk, tape, told } = world();
  const store = memorySessionStore();
  const server = await acceptor({ clock, network: tape, told, store });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(10n * NS_PER_MS);
  void server.sessions()[0]!.send(trade('before'));
  await clock.advance(10n * NS_PER_MS);
  for (let seq = 2; seq < 30; seq += 1) peer.stream.write(message(clock, '8', seq, [[17, `E${seq}`]]));
  await clock.advance(10n * NS_PER_MS);
  peer.stream.write(message(clock, 'A', 1, [...LOGON, [141, 'Y']]));
  await clock.advance(10n * NS_PER_MS);
  peer.stream.write(message(clock, '1', 2, [[112, 'x']]));
  peer.stream.write(
    message(clock, '2', 3, [
      [7, 1],
      [16, 0],
    ]),
  );
  await clock.advance(NS_PER_SECOND);
  const { nextIn, nextOut } = await store.load();
  assert.deepEqual([nextIn, nextOut], [4, 3]);
  assert.match(texts(peer.reader).at(-1)!, /35=4.*34=1.*36=3\|123=Y\|/);
});

test('a message still waiting for its record when the numbers are reset never leaves', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const first = await dial(clock, desk);
  first.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  const record = Promise.withResolvers<void>();
  const lost = assert.rejects(
    server.sessions()[0]!.send(trade('lost'), () => record.promise),
    (error) => error instanceof SendError && error.code === 'RESET',
  );
  first.stream.destroy();
  await clock.advance(NS_PER_SECOND);
  const again = await dial(clock, desk);
  again.stream.write(message(clock, 'A', 1, [...LOGON, [141, 'Y']]));
  await clock.advance(NS_PER_SECOND);
  record.resolve();
  await lost;
  again.stream.write(message(clock, '1', 2, [[112, 'x']]));
  again.stream.write(
    message(clock, '2', 3, [
      [7, 1],
      [16, 0],
    ]),
  );
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(
    texts(again.reader).map((text) => text.match(/35=(\w+)/)?.[1]),
    ['A', '0', '4'],
  );
});

test('what a taker sends from within a delivery leaves after what the session had to say first', async () => {
  const { clock, desk, tape, told } = world();
  told.take = async (session) => void session.send(trade('answer'));
  await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  peer.stream.write(message(clock, '1', 3, [[112, 'x']]));
  await clock.advance(NS_PER_SECOND);
  peer.stream.write(message(clock, '8', 2, [[17, 'E']]));
  await clock.advance(NS_PER_SECOND);
  const seqs = texts(peer.reader).map((text) => Number(text.match(/34=(\d+)/)?.[1]));
  assert.deepEqual(seqs, [1, 2, 3, 4]);
});

test('a peer that does not read holds back what is sent, and gets all of it when it reads again', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told, limits: { outboundMessagesMax: 100 } });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  peer.stream.pause();
  let sentCount = 0;
  let refusedCount = 0;
  for (let i = 0; i < 600; i += 1) {
    server
      .sessions()[0]!
      .send({ msgType: 'B', fields: [[58, 'x'.repeat(1000)]] })
      .then(
        () => {
          sentCount += 1;
        },
        () => {
          refusedCount += 1;
        },
      );
    await clock.settle();
  }
  assert.ok(sentCount > 200 && refusedCount > 200, `${sentCount} sent, ${refusedCount} refused`);
  peer.stream.resume();
  await clock.advance(NS_PER_SECOND);
  const seqs = texts(peer.reader).map((text) => Number(text.match(/34=(\d+)/)?.[1]));
  assert.equal(sentCount + refusedCount, 600);
  assert.deepEqual(
    seqs,
    Array.from({ length: sentCount + 1 }, (_, i) => i + 1),
  );
});

test('a store that hangs does not keep a session that was logged out busy', async () => {
  const { clock, desk, tape, told } = world();
  let isHanging = false;
  const store = memorySessionStore();
  await acceptor({
    clock,
    network: tape,
    told,
    store: {
      load: () => store.load(),
      append: (records) => (isHanging ? new Promise(() => {}) : store.append(records)),
    },
  });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  isHanging = true;
  peer.stream.write(message(clock, '5', 2, []));
  await clock.advance(3n * NS_PER_SECOND);
  assert.equal(peer.isClosed, true);
});

test('stopping logs out whoever is there and takes nobody new', async () => {
  const { clock, desk, tape, told } = world();
  const server = await acceptor({ clock, network: tape, told });
  const peer = await dial(clock, desk);
  peer.stream.write(message(clock, 'A', 1, LOGON));
  await clock.advance(NS_PER_SECOND);
  const stopped = server.stop();
  await clock.advance(NS_PER_SECOND);
  const types = texts(peer.reader).map((text) => text.match(/35=(\w+)/)?.[1]);
  assert.deepEqual(types, ['A', '5']);
  await clock.advance(3n * NS_PER_SECOND);
  await stopped;
  assert.equal(peer.isClosed, true);
  const refused = assert.rejects(desk.connect({ host: '127.0.0.1', port: PORT, timeoutMs: 100 }));
  await clock.advance(NS_PER_SECOND);
  await refused;
});
