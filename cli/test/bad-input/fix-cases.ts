import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { encodeMessage } from '@tapeclock/fix/codec';
import { executionReport, type FixPeer, fixPeer, withField } from './fix-peer.ts';
import { repairItem } from './repair-item.ts';
import { accepted, type World } from './world.ts';

const MEGABYTE = 1024 * 1024;

/** What the gateway says of the wire, in its log: code, session and text, as an operator finds it. */
async function incident(world: World, code: string, session: string, detail: RegExp): Promise<void> {
  await world.until(`incident ${code} of "${session}"`, async () =>
    world.product
      .output()
      .split('\n')
      .some((line) => {
        if (!line.includes('"fix incident"')) return false;
        const said = JSON.parse(line) as Record<string, string>;
        return said.code === code && said.session === session && detail.test(said.reason ?? '');
      }),
  );
}

/** The session itself goes on, not only the product. */
async function sessionGoesOn(world: World, peer: FixPeer): Promise<void> {
  const id = world.id();
  peer.send('8', executionReport(world, id));
  await accepted(world, id);
}

/** Answers the ResendRequest that a message lost on the wire leads to: the same again, marked. */
async function sendAgain(world: World, peer: FixPeer, seq: number, id: string): Promise<void> {
  const request = await peer.hear('2');
  assert.equal(request.int(7), seq, 'it asks from the lost message on');
  const next = peer.seq;
  for (peer.seq = seq; peer.seq < next; ) {
    const fields = peer.seq === seq ? executionReport(world, id) : executionReport(world, `${id}-after`);
    peer.send('8', [[43, 'Y'], [122, sendingTimeOf(peer)], ...fields]);
  }
}

const sendingTimeOf = (peer: FixPeer): string => peer.heard[0]?.string(52) ?? '';

/** Bytes that are no message, or one that nobody may send. */
export async function fixCases(t: TestContext, world: World): Promise<void> {
  for (const { name, sender, tag, change, reason } of [
    {
      name: 'a wrong checksum',
      sender: 'LOAD1',
      tag: 10,
      change: (n: number) => String((n + 1) % 256).padStart(3, '0'),
      reason: /CHECKSUM/,
    },
    {
      name: 'a body length that is too long',
      sender: 'LOAD2',
      tag: 9,
      change: (n: number) => String(n + 40),
      reason: /BODY_LENGTH/,
    },
    {
      name: 'a body length that is too short',
      sender: 'LOAD3',
      tag: 9,
      change: (n: number) => String(n - 7),
      reason: /BODY_LENGTH/,
    },
    {
      name: 'a body length that is no number',
      sender: 'LOAD4',
      tag: 9,
      change: () => '1x',
      reason: /BODY_LENGTH/,
    },
  ] as const) {
    await t.test(`${name}: the message is ignored, asked for again, and reported once`, async () => {
      const peer = await fixPeer(world, sender);
      await peer.logon();
      const id = world.id();
      const lostSeq = peer.seq;
      peer.raw(withField(peer.message('8', executionReport(world, id)), tag, change));
      peer.send('8', executionReport(world, `${id}-after`));
      await incident(world, 'GARBLED', sender, reason);
      await sendAgain(world, peer, lostSeq, id);
      await accepted(world, id);
      await accepted(world, `${id}-after`);
      await sessionGoesOn(world, peer);
      peer.hangUp();
      await peer.closed();
    });
  }

  await t.test(
    'a message of 16 MB is not read: the session is cut, says why, and logs on again',
    async () => {
      const peer = await fixPeer(world, 'LOAD5');
      await peer.logon();
      const text = Buffer.alloc(16 * MEGABYTE, 'A');
      peer.raw(`8=FIX.4.4\x019=${text.length}\x0135=8\x0158=`);
      peer.raw(text);
      await peer.closed();
      await world.until('the reason on the board', async () => {
        const { items } = await world.board.get<{ items: { sessionId: string; text: string | null }[] }>(
          '/api/sessions',
        );
        return items.find(
          ({ sessionId, text: why }) =>
            sessionId === 'LOAD5' && why === 'BodyLength 16777216 is beyond 1048576',
        );
      });
      const again = await fixPeer(world, 'LOAD5', { seq: peer.seq });
      await again.logon();
      await sessionGoesOn(world, again);
      again.hangUp();
      await again.closed();
    },
  );

  await t.test('16 MB before a logon are not read', async () => {
    const peer = await fixPeer(world, 'LOAD5');
    peer.raw(`8=FIX.4.4\x019=${16 * MEGABYTE}\x0135=A\x01`);
    await peer.closed();
    await incident(world, 'NO_LOGON', '', /BodyLength 16777216 before Logon/);
    assert.equal(peer.heard.length, 0, 'a stranger learns nothing');
  });

  await t.test('garbage before a logon is skipped and told; too much of it ends the connection', async () => {
    const browser = await fixPeer(world, 'LOAD6');
    browser.raw('GET / HTTP/1.1\r\nHost: tapeclock\r\n\r\n');
    await browser.logon();
    await incident(world, 'GARBAGE', '', /^35 bytes skipped/);
    await sessionGoesOn(world, browser);
    const stranger = await fixPeer(world, 'LOAD7');
    stranger.raw(Buffer.alloc(64 * 1024, 0));
    await stranger.closed();
    await incident(world, 'NO_LOGON', '', /bytes without a message/);
    const eager = await fixPeer(world, 'LOAD7');
    eager.send('8', executionReport(world, world.id()));
    await eager.closed();
    await incident(world, 'NO_LOGON', '', /first message is 8/);
    await sessionGoesOn(world, browser);
    browser.hangUp();
    await browser.closed();
  });

  await t.test(
    'a second logon for a session that is on is refused without a word; the first goes on',
    async () => {
      const first = await fixPeer(world, 'LOAD7');
      await first.logon();
      const second = await fixPeer(world, 'LOAD7');
      second.send('A', [
        [98, '0'],
        [108, 30],
        [554, world.product.fixPassword],
      ]);
      await second.closed();
      assert.equal(second.heard.length, 0);
      await incident(world, 'ALREADY_LOGGED_ON', 'LOAD7', /the session has a connection/);
      await sessionGoesOn(world, first);
      first.send('A', [
        [98, '0'],
        [108, 30],
        [554, world.product.fixPassword],
      ]);
      const logout = await first.hear('5');
      assert.equal(logout.string(58), 'Logon received while logged on');
      first.hangUp();
      await first.closed();
    },
  );

  await t.test('strangers and wrong passwords learn nothing', async () => {
    const liar = await fixPeer(world, 'LOAD8', { password: 'guess' });
    liar.send('A', [
      [98, '0'],
      [108, 30],
      [554, 'guess'],
    ]);
    await liar.closed();
    await incident(world, 'PASSWORD_REFUSED', 'LOAD8', /wrong user or password/);
    const stranger = await fixPeer(world, 'NOBODY');
    stranger.send('A', [
      [98, '0'],
      [108, 30],
      [554, world.product.fixPassword],
    ]);
    await stranger.closed();
    await incident(world, 'UNKNOWN_SESSION', '', /FIX.4.4 NOBODY → TAPECLOCK/);
    assert.equal(liar.heard.length + stranger.heard.length, 0);
  });

  const peer = await fixPeer(world, 'LOAD8');
  await peer.logon();

  for (const { name, over, expected } of [
    {
      name: 'no TransactTime',
      over: { 60: null },
      expected: { code: 'EXECUTION_TIME_MISSING', field: 'executedAt', value: '' },
    },
    {
      name: 'an unreadable TransactTime',
      over: { 60: "10 o'clock" },
      expected: { code: 'EXECUTION_TIME_UNREADABLE', field: 'executedAt', value: "10 o'clock" },
    },
    {
      name: 'a tab in the symbol',
      over: { 55: 'MS\tFT' },
      expected: { code: 'TEXT_CONTROL_CHARACTERS', field: 'symbol', value: 'MS\tFT' },
    },
    {
      name: 'bytes that are no UTF-8',
      over: { 55: Buffer.from([0x4d, 0xff, 0xfe]) },
      expected: { code: 'TEXT_NOT_UTF8', field: 'symbol', value: 'M\ufffd\ufffd' },
    },
    {
      name: 'a price that is NaN',
      over: { 31: 'NaN' },
      expected: { code: 'PRICE_UNREADABLE', field: 'price', value: 'NaN' },
    },
    {
      name: 'a capacity that nobody knows',
      over: { 528: 'Q' },
      expected: { code: 'CAPACITY_UNKNOWN', field: 'capacity', value: 'Q' },
    },
  ] as const) {
    await t.test(`${name}: taken, for a person to mend; the session goes on`, async () => {
      const id = world.id();
      peer.send('8', executionReport(world, id, over));
      const item = await repairItem(world, id, expected, `17=${id}|`);
      assert.equal(item.repair.channel, 'FIX');
      await sessionGoesOn(world, peer);
    });
  }

  await t.test('an execution without an id is rejected with the tag, and kept for a person', async () => {
    peer.send('8', executionReport(world, '', { 17: null }));
    const reject = await peer.hear('j');
    assert.equal(reject.int(45), peer.seq - 1);
    assert.equal(reject.string(380), '5');
    assert.equal(reject.string(58), 'tag 17 must hold an id of 1 to 64 printable characters');
    const row = await world.until('its repair item', async () =>
      (await world.board.repairs()).find(({ stage }) => stage === 'gateway'),
    );
    await repairItem(
      world,
      row.sourceExecutionId,
      { code: 'EXECUTION_ID_UNUSABLE', field: 'tag 17', value: '' },
      '55=MSFT|',
    );
    await sessionGoesOn(world, peer);
  });

  await t.test('the same ExecID with other content is taken on, for a person to decide', async () => {
    const id = world.id();
    peer.send('8', executionReport(world, id));
    await accepted(world, id);
    peer.send('8', executionReport(world, id, { 32: '999' }));
    await repairItem(
      world,
      id,
      { code: 'DUPLICATE_ID_OTHER_CONTENT', field: 'sourceExecutionId', value: id },
      '32=999|',
    );
    await sessionGoesOn(world, peer);
  });

  await t.test('a message type that is no execution is answered, not swallowed', async () => {
    peer.send('D', [
      [11, 'O1'],
      [55, 'MSFT'],
    ]);
    const reject = await peer.hear('j');
    assert.equal(reject.string(58), 'Unsupported Message Type');
    assert.equal(reject.string(372), 'D');
    await sessionGoesOn(world, peer);
  });

  await t.test('a sequence number that was used ends the session with the number expected', async () => {
    peer.seq -= 1;
    const expecting = peer.seq + 1;
    peer.raw(
      encodeMessage('FIX.4.4', '0', [
        [49, 'LOAD8'],
        [56, 'TAPECLOCK'],
        [34, peer.seq],
        [52, sendingTimeOf(peer)],
      ]),
    );
    const logout = await peer.hear('5');
    assert.equal(logout.string(58), `MsgSeqNum too low, expecting ${expecting} but received ${peer.seq}`);
    peer.hangUp();
    await peer.closed();
    const again = await fixPeer(world, 'LOAD8', { seq: expecting });
    await again.logon();
    await sessionGoesOn(world, again);
    again.hangUp();
    await again.closed();
  });
}
