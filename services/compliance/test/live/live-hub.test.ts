import assert from 'node:assert/strict';
import test from 'node:test';
import { Value } from 'typebox/value';
import { LIVE_EVENTS, type LiveChange, type LiveEventName } from '../../src/api/contract.ts';
import { accepted, idOf, intended, received, reportable, TEN, trade } from '../events.ts';
import { record, startHarness } from '../harness.ts';

/** A client that reads at once, or not at all. */
function client() {
  const messages: { name: LiveEventName; data: LiveChange }[] = [];
  let ended = false;
  const state = { unreadBytes: 0 };
  return {
    messages,
    state,
    named: (name: LiveEventName) => messages.filter((message) => message.name === name),
    hasEnded: () => ended,
    sink: {
      write(text: string) {
        const name = /^event: (.*)$/m.exec(text)![1] as LiveEventName;
        const data = JSON.parse(/^data: (.*)$/m.exec(text)![1]!);
        assert.deepEqual([...Value.Errors(LIVE_EVENTS[name], data)].slice(0, 3), [], name);
        messages.push({ name, data });
      },
      bufferedBytes: () => state.unreadBytes,
      end() {
        ended = true;
      },
    },
  };
}

const MS = 1_000_000n;

test('a change is told within 250 ms of its append, with rows to put and ids to drop', async () => {
  const h = await startHarness();
  const board = client();
  await h.live.connect(board.sink, () => true);
  assert.equal(board.messages[0]?.name, 'hello');
  const t = trade('E1');
  await h.clock.advance(700n * MS);
  await h.log.append([record(received(t)), record(reportable(t))]);
  await h.clock.advance(250n * MS);
  const [first] = board.named('change');
  assert.deepEqual(
    first?.data.obligations.changed.map((row) => row.executionId),
    [idOf(t)],
  );
  await h.log.append([record(intended(t)), record(accepted(t))]);
  await h.clock.advance(250n * MS);
  const last = board.named('change').at(-1);
  assert.deepEqual(last?.data.obligations.removed, [idOf(t)]);
  assert.equal(last?.data.trades.changed[0]?.state, 'ACCEPTED');
  await h.stop();
});

test('a burst is told in at most ten messages a second, and says when it leaves something out', async () => {
  const h = await startHarness();
  const board = client();
  await h.live.connect(board.sink, () => true);
  for (let i = 0; i < 100; i += 1) {
    const many = Array.from({ length: 20 }, (_, n) => trade(`E${i}-${n}`, { executedNs: TEN + BigInt(i) }));
    await h.log.append(many.map((t) => record(reportable(t))));
    await h.clock.advance(10n * MS);
  }
  const changes = board.named('change');
  assert.ok(changes.length <= 11 && changes.length >= 5, String(changes.length));
  assert.ok(changes.some(({ data }) => data.trades.truncated && data.trades.changed.length === 100));
  assert.equal(changes.at(-1)?.data.seq, changes.length);
  await h.stop();
});

test('a client that does not read gets nothing more, then learns that it missed something', async () => {
  const h = await startHarness();
  const board = client();
  await h.live.connect(board.sink, () => true);
  board.state.unreadBytes = 10_000_000;
  for (let i = 0; i < 5; i += 1) await h.see(received(trade(`E${i}`)));
  assert.deepEqual(
    board.messages.map(({ name }) => name),
    ['hello'],
  );
  board.state.unreadBytes = 0;
  await h.see(received(trade('E9')));
  assert.deepEqual(
    board.messages.slice(0, 3).map(({ name }) => name),
    ['hello', 'resync', 'change'],
  );
  board.state.unreadBytes = 10_000_000;
  await h.clock.advance(60_000n * MS);
  assert.equal(board.hasEnded(), true);
  assert.equal(h.live.clients(), 0);
  await h.stop();
});

test('a quiet feed beats once a second; a sign-in that ends is told', async () => {
  const h = await startHarness();
  const board = client();
  let signedIn = true;
  await h.live.connect(board.sink, () => signedIn);
  await h.clock.advance(5_000n * MS);
  assert.ok(board.named('heartbeat').length >= 4);
  signedIn = false;
  await h.clock.advance(1_100n * MS);
  assert.equal(board.messages.at(-1)?.name, 'signedOut');
  assert.equal(board.hasEnded(), true);
  await h.stop();
});
