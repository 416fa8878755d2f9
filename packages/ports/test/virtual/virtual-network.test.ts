import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { ByteStream } from '../../src/index.ts';
import { seededRandom, virtualClock, virtualNetwork } from '../../src/virtual/index.ts';

async function connected(seed: number) {
  const clock = virtualClock();
  const network = virtualNetwork({ clock, random: seededRandom(seed) });
  const accepted: ByteStream[] = [];
  await network.host('server').listen({ host: '127.0.0.1', port: 9 }, (stream) => accepted.push(stream));
  const connecting = network.host('client').connect({ host: '127.0.0.1', port: 9, timeoutMs: 100 });
  await clock.advance(10_000_000n);
  return { clock, network, client: await connecting, server: accepted[0]! };
}

/** Collects everything an end hears. */
function listen(stream: ByteStream) {
  const heard = { text: '', closes: 0 };
  stream.handle({
    onData(bytes) {
      heard.text += Buffer.from(bytes).toString();
    },
    onClose() {
      heard.closes += 1;
    },
  });
  return heard;
}

test('bytes arrive complete and in order, however they were cut on the way', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), fc.array(fc.string(), { maxLength: 20 }), async (seed, texts) => {
      const { clock, client, server } = await connected(seed);
      const heard = listen(server);
      listen(client);
      for (const text of texts) client.write(Buffer.from(text));
      await clock.advance(1_000_000_000n);
      assert.equal(heard.text, texts.join(''));
    }),
    { numRuns: 30 },
  );
});

test('a cut delivers some prefix and closes both ends exactly once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), async (seed) => {
      const { clock, network, client, server } = await connected(seed);
      const heard = listen(server);
      const own = listen(client);
      client.write(Buffer.from('abcdefghijklmnopqrstuvwxyz'));
      assert.equal(network.cut('client', 'server'), 1);
      await clock.advance(1_000_000_000n);
      assert.ok('abcdefghijklmnopqrstuvwxyz'.startsWith(heard.text));
      assert.deepEqual([heard.closes, own.closes], [1, 1]);
    }),
    { numRuns: 30 },
  );
});

test('a crashed host hears nothing more and its peer sees the connection close', async () => {
  const { clock, network, client, server } = await connected(7);
  const heard = listen(server);
  const own = listen(client);
  network.crash('server');
  client.write(Buffer.from('anyone?'));
  await clock.advance(1_000_000_000n);
  assert.deepEqual({ heard, own }, { heard: { text: '', closes: 0 }, own: { text: '', closes: 1 } });
  await assert.rejects(async () => {
    const again = network.host('client').connect({ host: '127.0.0.1', port: 9, timeoutMs: 100 });
    again.catch(() => {});
    await clock.advance(1_000_000_000n);
    await again;
  }, /ECONNREFUSED/);
});

test('a partition holds bytes back and its end lets them through', async () => {
  const { clock, network, client, server } = await connected(3);
  const heard = listen(server);
  listen(client);
  const heal = network.partition('client', 'server');
  client.write(Buffer.from('later'));
  await clock.advance(1_000_000_000n);
  assert.equal(heard.text, '');
  heal();
  await clock.advance(1_000_000_000n);
  assert.equal(heard.text, 'later');
});

test('a reader that pauses makes the writer wait, and its resumption lets it go on', async () => {
  const { clock, client, server } = await connected(5);
  let drained = 0;
  client.handle({
    onData() {},
    onDrain() {
      drained += 1;
    },
    onClose() {},
  });
  listen(server);
  server.pause();
  let accepted = true;
  for (let i = 0; i < 400 && accepted; i += 1) accepted = client.write(new Uint8Array(1024));
  assert.equal(accepted, false);
  await clock.advance(1_000_000_000n);
  assert.equal(drained, 0);
  server.resume();
  await clock.advance(1_000_000_000n);
  assert.equal(drained, 1);
});

test('a connection that was lost before anybody listened to it still says so, once', async () => {
  const { clock, network, client } = await connected(6);
  network.crash('server');
  const heard = listen(client);
  await clock.advance(1_000_000n);
  client.destroy();
  await clock.advance(1_000_000_000n);
  assert.equal(heard.closes, 1);
});
