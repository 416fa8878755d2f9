import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_SECOND } from '@tapeclock/domain';
import type { ByteStream, Network } from '@tapeclock/ports';
import { seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { memorySessionStore, type SessionStore } from '../../src/index.ts';
import { acceptor, idsOf, initiator, journal, trade } from './party.ts';

type Direction = 'out' | 'in';

/** Breaks the first connection after so many bytes in one direction; what was before them arrives. */
function cutting(network: Network, direction: Direction, bytesMax: number, seen: { bytes: number }): Network {
  let isFirst = true;
  return {
    listen: network.listen,
    async connect(options) {
      const stream = await network.connect(options);
      if (!isFirst) return stream;
      isFirst = false;
      let left = bytesMax;
      const take = (bytes: Uint8Array): Uint8Array => {
        const part = bytes.subarray(0, left);
        left -= part.length;
        seen.bytes += part.length;
        return part;
      };
      const wrapped: ByteStream = {
        ...stream,
        remoteAddress: stream.remoteAddress,
        write(bytes) {
          if (direction === 'in') return stream.write(bytes);
          const more = stream.write(take(bytes));
          if (left === 0) stream.end();
          return more;
        },
        handle: (handlers) =>
          stream.handle({
            ...handlers,
            onData(bytes) {
              handlers.onData(direction === 'in' ? take(bytes) : bytes);
              if (direction === 'in' && left === 0) stream.destroy();
            },
          }),
      };
      return wrapped;
    },
  };
}

const IDS = ['A', 'B', 'C'];

async function conversation(direction: Direction, bytesMax: number): Promise<number> {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(bytesMax) });
  const seen = { bytes: 0 };
  const [atTape, atDesk] = [journal(), journal()];
  const server = await acceptor({ clock, network: net.host('tape'), told: atTape });
  const network = cutting(net.host('desk'), direction, bytesMax, seen);
  const client = await initiator({ clock, network, told: atDesk });
  const sendAll = async () => {
    for (const id of IDS) {
      while (!client.session.isLoggedOn) await clock.advance(NS_PER_SECOND / 10n);
      await Promise.all([client.send(trade(id)), clock.advance(NS_PER_SECOND / 100n)]);
      const back = server.sessions()[0];
      if (back?.isLoggedOn === true) void back.send(trade(`re-${id}`));
    }
  };
  await sendAll();
  await clock.advance(10n * NS_PER_SECOND);
  for (const { received } of [atTape, atDesk]) {
    const seqs = new Set<number>();
    for (const { seq, isPossDup } of received) {
      assert.ok(!seqs.has(seq) || isPossDup, `cut at ${bytesMax} ${direction}: ${seq} came twice unmarked`);
      seqs.add(seq);
    }
  }
  assert.deepEqual([...new Set(idsOf(atTape.received))], IDS, `cut at ${bytesMax} ${direction}`);
  return seen.bytes;
}

for (const direction of ['out', 'in'] as const) {
  test(`a cut at every byte ${direction} of a conversation loses nothing and repeats nothing unmarked`, async () => {
    const whole = await conversation(direction, Number.MAX_SAFE_INTEGER);
    assert.ok(whole > 300);
    for (let at = 1; at < whole; at += 1) await conversation(direction, at);
  });
}

/** Keeps what was durable before the crash, and nothing handed over later. */
function crashable(store: SessionStore): SessionStore & { crash(): void } {
  let isDead = false;
  return {
    load: () => store.load(),
    append: async (records) => {
      if (isDead) return new Promise(() => {});
      await store.append(records);
    },
    crash() {
      isDead = true;
    },
  };
}

test('a taker that dies and starts again is sent what it had not taken, marked', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const clock = virtualClock();
    const random = seededRandom(seed);
    const net = virtualNetwork({ clock, random });
    const disk = memorySessionStore();
    const durable: string[] = [];
    const client = await initiator({ clock, network: net.host('desk'), told: journal() });
    const ids: string[] = [];
    for (let life = 0; life < 4; life += 1) {
      const told = journal();
      const store = crashable(disk);
      let isDead = false;
      told.take = (_, { message, isPossDup }) =>
        new Promise((resolve) => {
          clock.after(BigInt(random.nextU32() % 40_000_000), () => {
            if (isDead) return;
            const id = message.string(17)!;
            if (durable.includes(id)) assert.ok(isPossDup, `${id} unmarked`);
            durable.push(id);
            resolve();
          });
        });
      await acceptor({ clock, network: net.host('tape'), told, store });
      await clock.advance(3n * NS_PER_SECOND);
      for (let i = 0; i < 10; i += 1) {
        if (!client.session.isLoggedOn) break;
        ids.push(`E${ids.length}`);
        void client.send(trade(ids.at(-1)!));
        await clock.advance(BigInt(random.nextU32() % 10_000_000));
      }
      if (life === 3) break;
      isDead = true;
      store.crash();
      net.crash('tape');
      await clock.advance(BigInt(random.nextU32() % 50_000_000));
    }
    await clock.advance(10n * NS_PER_SECOND);
    // Taken in any order, since each takes its own time; but each is.
    assert.deepEqual([...new Set(durable)].sort(), [...ids].sort(), `seed ${seed}`);
  }
});

test('a sender that dies and starts again never uses a number twice', async () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const clock = virtualClock();
    const random = seededRandom(seed);
    const net = virtualNetwork({ clock, random });
    const disk = memorySessionStore();
    const told = journal();
    await acceptor({ clock, network: net.host('tape'), told });
    const recorded = new Map<number, string>();
    let count = 0;
    for (let life = 0; life < 4; life += 1) {
      const store = crashable(disk);
      const slow: SessionStore & { crash(): void } = {
        ...store,
        async append(records) {
          await new Promise<void>((resolve) => clock.after(BigInt(random.nextU32() % 3_000_000), resolve));
          await store.append(records);
        },
      };
      const client = await initiator({ clock, network: net.host('desk'), told: journal(), store: slow });
      await clock.advance(3n * NS_PER_SECOND);
      assert.equal(client.session.isLoggedOn, true, `seed ${seed}, life ${life}`);
      for (let i = 0; i < 8; i += 1) {
        count += 1;
        const id = `E${count}`;
        client.send(trade(id)).then(
          ({ seq }) => recorded.set(seq, id),
          () => {},
        );
        await clock.advance(BigInt(random.nextU32() % 2_000_000));
      }
      store.crash();
      net.crash('desk');
      await clock.advance(NS_PER_SECOND);
    }
    // Once more, so that what the last life recorded is asked for.
    await initiator({ clock, network: net.host('desk'), told: journal(), store: disk });
    await clock.advance(5n * NS_PER_SECOND);
    const arrived = new Map<number, string>();
    for (const { seq, message } of told.received) {
      const id = message.string(17)!;
      assert.equal(arrived.get(seq) ?? id, id, `seed ${seed}: number ${seq} carried two messages`);
      arrived.set(seq, id);
    }
    for (const [seq, id] of recorded)
      assert.equal(arrived.get(seq), id, `seed ${seed}: ${id} was sent and is lost`);
    assert.ok(recorded.size > 8);
  }
});
