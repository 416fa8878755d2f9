import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import {
  memorySessionStore,
  mergeSent,
  SendError,
  type SessionRecord,
  type SessionStore,
} from '../../src/index.ts';
import { acceptor, idsOf, initiator, journal, trade } from './party.ts';

async function pair(store: SessionStore = memorySessionStore(), limits = {}, clock = virtualClock()) {
  const net = virtualNetwork({ clock, random: seededRandom(5) });
  const told = journal();
  const atDesk = journal();
  await acceptor({ clock, network: net.host('tape'), told });
  const client = await initiator({ clock, network: net.host('desk'), told: atDesk, store, limits });
  await clock.advance(NS_PER_SECOND);
  return { clock, net, told, atDesk, client };
}

const coded = (code: string) => (error: unknown) => error instanceof SendError && error.code === code;

test('bytes leave only when the store has their number', async () => {
  const disk = memorySessionStore();
  let release = () => {};
  let isSlow = false;
  const store: SessionStore = {
    load: () => disk.load(),
    async append(records) {
      const gate = Promise.withResolvers<void>();
      release = gate.resolve;
      if (isSlow) await gate.promise;
      await disk.append(records);
    },
  };
  const { clock, told, client } = await pair(store);
  isSlow = true;
  const sent = client.send(trade('A'));
  await clock.advance(2n * NS_PER_SECOND);
  assert.deepEqual(told.received, []);
  release();
  isSlow = false;
  await clock.advance(NS_PER_SECOND);
  assert.equal((await sent).seq, 2);
  assert.deepEqual(idsOf(told.received), ['A']);
});

test('one append is under way at a time; what comes meanwhile goes in the next', async () => {
  const disk = memorySessionStore();
  const clock = virtualClock();
  let underWay = 0;
  const sizes: number[] = [];
  const store: SessionStore = {
    load: () => disk.load(),
    async append(records) {
      underWay += 1;
      assert.equal(underWay, 1);
      sizes.push(records.length);
      await new Promise<void>((resolve) => clock.after(5n * NS_PER_MS, resolve));
      underWay -= 1;
      await disk.append(records);
    },
  };
  const { client } = await pair(store, {}, clock);
  sizes.length = 0;
  for (let i = 0; i < 20; i += 1) {
    void client.send(trade(`E${i}`));
    await clock.advance(NS_PER_MS);
  }
  await clock.advance(NS_PER_SECOND);
  assert.ok(sizes.length < 10, sizes.join());
});

test('sends that come together share one append', async () => {
  const disk = memorySessionStore();
  const batches: (readonly SessionRecord[])[] = [];
  const { clock, client } = await pair({
    load: () => disk.load(),
    append(records) {
      batches.push(records);
      return disk.append(records);
    },
  });
  batches.length = 0;
  for (let i = 0; i < 50; i += 1) void client.send(trade(`E${i}`));
  await clock.advance(10n * NS_PER_MS);
  assert.equal(batches.length, 1);
  assert.equal(batches[0]?.filter(({ kind }) => kind === 'out').length, 50);
});

test('bytes leave in the order of the numbers, whichever record is durable first', async () => {
  const { clock, told, client } = await pair();
  const open: (() => void)[] = [];
  const persist = () => new Promise<void>((resolve) => void open.push(resolve));
  const all = ['A', 'B', 'C'].map((id) => client.send(trade(id), persist));
  open[2]?.();
  open[1]?.();
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(told.received, []);
  open[0]?.();
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(idsOf(told.received), ['A', 'B', 'C']);
  assert.deepEqual(
    (await Promise.all(all)).map(({ seq }) => seq),
    [2, 3, 4],
  );
});

test('the caller’s own record stands in place of the store’s, with the bytes as they leave', async () => {
  const store = memorySessionStore();
  const { clock, told, client } = await pair(store);
  const records: [number, Uint8Array][] = [];
  void client.send(trade('A'), async (seq, bytes) => void records.push([seq, bytes]));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(Buffer.from(records[0]![1]), Buffer.from(told.received[0]!.message.bytes));
  assert.deepEqual((await store.load()).sent, []);
  const merged = mergeSent(store, async () => records.map(([seq, bytes]) => ({ seq, bytes })));
  const restored = await merged.load();
  assert.equal(restored.nextOut, 3);
  assert.equal(restored.sent.length, 1);
});

test('a record that fails: that send is refused, its number gap-filled, the others arrive', async () => {
  const { clock, told, atDesk, client } = await pair();
  const a = client.send(trade('A'));
  const b = client.send(trade('B'), () => Promise.reject(new Error('log down')));
  const c = client.send(trade('C'));
  await Promise.all([assert.rejects(b, coded('NOT_DURABLE')), clock.advance(10n * NS_PER_SECOND)]);
  assert.equal((await a).seq, 2);
  assert.deepEqual(await c, { seq: 4, sentNs: null }, 'durable, but the line was gone');
  assert.deepEqual(idsOf(told.received), ['A', 'C']);
  assert.equal(told.received[1]?.seq, 4);
  assert.equal(told.received[1]?.isPossDup, true);
  assert.deepEqual(
    atDesk.states.filter(({ code }) => code !== null).map(({ code }) => code),
    ['STORE_FAILED'],
  );
});

test('what cannot be sent uses no number', async () => {
  const { clock, net, client } = await pair();
  const next = client.session.nextOut;
  await assert.rejects(client.send({ msgType: '8', fields: [[17, '']] }), coded('NOT_ENCODABLE'));
  net.cut('desk', 'tape');
  await assert.rejects(client.send(trade('A')), coded('NOT_LOGGED_ON'));
  assert.equal(client.session.nextOut, next);
  const stopped = client.stop();
  await clock.advance(5n * NS_PER_SECOND);
  await stopped;
  await assert.rejects(client.send(trade('A')), coded('STOPPED'));
});

test('sends beyond the bound are refused, not piled up', async () => {
  const { clock, client } = await pair(memorySessionStore(), { outboundMessagesMax: 10 });
  const results = Promise.allSettled(Array.from({ length: 15 }, (_, i) => client.send(trade(`E${i}`))));
  await clock.advance(NS_PER_SECOND);
  const refused = (await results).filter(({ status }) => status === 'rejected');
  assert.equal(refused.length, 5);
});

test('what a listener sends while a message is being delivered goes out in order', async () => {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(5) });
  const told = journal();
  told.take = async (session, { message }) => {
    await session.send(trade(`re-${message.string(17)}`));
  };
  await acceptor({ clock, network: net.host('tape'), told });
  const atDesk = journal();
  const client = await initiator({ clock, network: net.host('desk'), told: atDesk });
  await clock.advance(NS_PER_SECOND);
  for (const id of ['A', 'B', 'C']) void client.send(trade(id));
  await clock.advance(NS_PER_SECOND);
  assert.deepEqual(idsOf(atDesk.received), ['re-A', 're-B', 're-C']);
  assert.deepEqual(atDesk.incidents, []);
});

test('an initiator without a peer keeps trying, about once a second', async () => {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(5) });
  const atDesk = journal();
  const client = await initiator({ clock, network: net.host('desk'), told: atDesk });
  await clock.advance(20n * NS_PER_SECOND);
  const count = atDesk.incidents.filter(({ code }) => code === 'CONNECT_FAILED').length;
  assert.ok(count >= 20 && count <= 25, String(count));
  await acceptor({ clock, network: net.host('tape'), told: journal() });
  await clock.advance(2n * NS_PER_SECOND);
  assert.equal(client.session.isLoggedOn, true);
});

test('what was taken before a reset on Logon is not recorded behind it', async () => {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(5) });
  const server = await acceptor({ clock, network: net.host('tape'), told: journal() });
  const store = memorySessionStore();
  await initiator({
    clock,
    network: net.host('desk'),
    told: journal(),
    store,
    session: { resetOnLogon: true },
    limits: { takenRecordDelayNs: 60n * NS_PER_SECOND },
  });
  await clock.advance(NS_PER_SECOND);
  for (let i = 0; i < 20; i += 1) void server.sessions()[0]!.send(trade(`E${i}`));
  await clock.advance(NS_PER_SECOND);
  net.cut('desk', 'tape');
  await clock.advance(2n * NS_PER_SECOND);
  assert.ok((await store.load()).nextIn <= 2);
});
