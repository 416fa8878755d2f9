import assert from 'node:assert/strict';
import test from 'node:test';
import { memoryEventLog } from '@tapeclock/event-log';
import { virtualClock } from '@tapeclock/ports/virtual';
import { createEventCodec, embeddedRegistry, releasedSchemas, topicDeclarations } from '@tapeclock/schemas';
import {
  followSessions,
  logSessionStore,
  memorySessionStore,
  type SentLimits,
  type SessionStore,
} from '../../src/index.ts';

async function logStores() {
  const clock = virtualClock();
  const log = memoryEventLog({ clock, topics: topicDeclarations });
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const reading = { log: log.handle('hot'), codec, clock };
  return (sessionId: string, limits: SentLimits = {}, ahead = false) =>
    logSessionStore({
      ...reading,
      sessionId,
      producer: 'test',
      ...limits,
      ...(ahead ? { followed: followSessions({ ...reading, ...limits }) } : {}),
    });
}

const bytes = (text: string) => Buffer.from(text);
const out = (seq: number) => ({ kind: 'out', seq, isApplication: true, bytes: bytes(`m${seq}`) }) as const;
const texts = (sent: readonly { seq: number; bytes: Uint8Array }[]) =>
  sent.map(({ seq, bytes: given }) => `${seq}:${Buffer.from(given)}`);

const MAKERS: readonly [string, () => Promise<(limits?: SentLimits) => SessionStore>][] = [
  [
    'memory',
    async () => {
      let store: SessionStore | null = null;
      return (limits) => (store ??= memorySessionStore(limits));
    },
  ],
  [
    'log',
    async () => {
      const open = await logStores();
      return (limits) => open('desk-1', limits);
    },
  ],
  [
    'log, read ahead',
    async () => {
      const open = await logStores();
      return (limits) => open('desk-1', limits, true);
    },
  ],
];

for (const [name, make] of MAKERS) {
  test(`${name}: a session without a past begins at 1`, async () => {
    const open = await make();
    assert.deepEqual(await open().load(), { nextOut: 1, nextIn: 1, sent: [], sinceNs: null });
  });

  test(`${name}: what was appended is there after opening again`, async () => {
    const open = await make();
    await open().append([{ kind: 'out', seq: 1, isApplication: false, bytes: bytes('') }, out(2)]);
    await open().append([{ kind: 'in', seq: 7 }, out(3)]);
    const { nextOut, nextIn, sent } = await open().load();
    assert.deepEqual([nextOut, nextIn, texts(sent)], [4, 8, ['2:m2', '3:m3']]);
  });

  test(`${name}: a reset forgets what was before it`, async () => {
    const open = await make();
    await open().append([out(1), out(2), { kind: 'in', seq: 9 }]);
    await open().append([{ kind: 'reset', nextOut: 2 }]);
    assert.deepEqual((({ nextOut, nextIn, sent }) => [nextOut, nextIn, sent])(await open().load()), [
      2,
      1,
      [],
    ]);
    await open().append([out(2)]);
    assert.deepEqual(texts((await open().load()).sent), ['2:m2']);
  });

  test(`${name}: only the newest messages are kept, the numbers all the same`, async () => {
    const open = await make();
    await open({ messagesMax: 3 }).append([1, 2, 3, 4, 5].map(out));
    const stored = await open({ messagesMax: 3 }).load();
    assert.deepEqual([stored.nextOut, texts(stored.sent)], [6, ['3:m3', '4:m4', '5:m5']]);
  });

  test(`${name}: bytes are bounded too`, async () => {
    const open = await make();
    await open({ bytesMax: 5 }).append([1, 2, 2, 2, 3, 3].map(out));
    assert.deepEqual(texts((await open({ bytesMax: 5 }).load()).sent), ['2:m2', '3:m3']);
  });

  test(`${name}: a record repeated or overtaken changes nothing`, async () => {
    const open = await make();
    await open().append([out(1), out(2), out(1), { kind: 'in', seq: 5 }, { kind: 'in', seq: 3 }]);
    const { nextOut, nextIn, sent } = await open().load();
    assert.deepEqual([nextOut, nextIn, texts(sent)], [3, 6, ['1:m1', '2:m2']]);
  });
}

test('log: sessions that share a partition do not mix', async () => {
  const open = await logStores();
  const ids = Array.from({ length: 12 }, (_, i) => `desk-${i}`);
  await Promise.all(ids.map((id, i) => open(id).append([{ kind: 'in', seq: i + 1 }])));
  const stored = await Promise.all(ids.map((id) => open(id).load()));
  assert.deepEqual(
    stored.map(({ nextIn }) => nextIn),
    ids.map((_, i) => i + 2),
  );
});

test('log: more records than one read gives are all folded', async () => {
  const open = await logStores();
  await open('desk-1').append(Array.from({ length: 5000 }, (_, i) => ({ kind: 'in', seq: i + 1 }) as const));
  assert.equal((await open('desk-1').load()).nextIn, 5001);
});
