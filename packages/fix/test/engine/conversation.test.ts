import assert from 'node:assert/strict';
import test from 'node:test';
import { NS_PER_MS, NS_PER_SECOND } from '@tapeclock/domain';
import { seededRandom, virtualClock, virtualNetwork } from '@tapeclock/ports/virtual';
import { acceptor, idsOf, initiator, journal, trade } from './party.ts';

function world(seed = 1) {
  const clock = virtualClock();
  const net = virtualNetwork({ clock, random: seededRandom(seed) });
  return { clock, net, desk: net.host('desk'), tape: net.host('tape') };
}

for (const beginString of ['FIX.4.2', 'FIX.4.4', 'FIXT.1.1'] as const) {
  test(`two engines log on over ${beginString}, exchange messages both ways and log out`, async () => {
    const { clock, desk, tape } = world();
    const [atTape, atDesk] = [journal(), journal()];
    const server = await acceptor({ clock, network: tape, told: atTape, session: { beginString } });
    const client = await initiator({ clock, network: desk, told: atDesk, session: { beginString } });
    await clock.advance(NS_PER_SECOND);
    const sent = Promise.all(['A', 'B', 'C'].map((id) => client.send(trade(id))));
    const back = server.sessions()[0]!.send(trade('Z'));
    await clock.advance(NS_PER_SECOND);
    assert.deepEqual(
      (await sent).map(({ seq }) => seq),
      [2, 3, 4],
    );
    assert.notEqual((await back).sentNs, null);
    assert.deepEqual(idsOf(atTape.received), ['A', 'B', 'C']);
    assert.deepEqual(idsOf(atDesk.received), ['Z']);
    const stopped = client.stop();
    await clock.advance(3n * NS_PER_SECOND);
    await stopped;
    assert.deepEqual(
      atTape.states.map(({ state, code }) => [state, code]),
      [
        ['CONNECTED', null],
        ['LOGGED_ON', null],
        ['DISCONNECTED', 'LOGGED_OUT'],
      ],
    );
    const serverStopped = server.stop();
    await clock.advance(NS_PER_SECOND);
    await serverStopped;
  });
}

test('a session with nothing to say stays up by heartbeats', async () => {
  const { clock, desk, tape } = world();
  const told = journal();
  const server = await acceptor({ clock, network: tape, told });
  const client = await initiator({ clock, network: desk, told: journal() });
  await clock.advance(120n * NS_PER_SECOND);
  assert.deepEqual(
    told.states.map(({ state }) => state),
    ['CONNECTED', 'LOGGED_ON'],
  );
  assert.ok(client.session.nextOut > 10 && server.sessions()[0]!.nextOut > 10);
});

test('a line that carries nothing is given up, and taken up again when it does', async () => {
  const { clock, net, desk, tape } = world();
  const told = journal();
  await acceptor({ clock, network: tape, told });
  const client = await initiator({ clock, network: desk, told: journal() });
  await clock.advance(NS_PER_SECOND);
  const heal = net.partition('desk', 'tape');
  await clock.advance(30n * NS_PER_SECOND);
  assert.equal(told.states.at(-1)?.code, 'SILENCE');
  heal();
  await clock.advance(10n * NS_PER_SECOND);
  assert.equal(client.session.isLoggedOn, true);
});

test('a cut at any moment loses nothing: each message arrives, in order, repeats marked', async () => {
  for (let seed = 1; seed <= 25; seed += 1) {
    const { clock, net, desk, tape } = world(seed);
    const random = seededRandom(seed * 7919);
    const told = journal();
    await acceptor({ clock, network: tape, told });
    const client = await initiator({ clock, network: desk, told: journal() });
    await clock.advance(NS_PER_SECOND);
    const ids: string[] = [];
    for (let round = 0; round < 12; round += 1) {
      for (let i = 0; i < 5; i += 1) {
        if (!client.session.isLoggedOn) break;
        const id = `E${ids.length}`;
        ids.push(id);
        void client.send(trade(id));
        await clock.advance(BigInt(random.nextU32() % 800) * 1000n);
      }
      if (round % 2 === 0) net.cut('desk', 'tape');
      await clock.advance(BigInt(random.nextU32() % 400) * NS_PER_MS);
    }
    await clock.advance(30n * NS_PER_SECOND);
    assert.ok(ids.length > 20, `seed ${seed}`);
    const seen = new Set<string>();
    const firsts: string[] = [];
    for (const { message, isPossDup } of told.received) {
      const id = message.string(17)!;
      if (seen.has(id)) assert.ok(isPossDup, `seed ${seed}: ${id} came twice unmarked`);
      else firsts.push(id);
      seen.add(id);
    }
    assert.deepEqual(firsts, ids, `seed ${seed}`);
  }
});
