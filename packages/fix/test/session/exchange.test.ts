import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { decodeMessage, FixMessage } from '../../src/index.ts';
import { Line } from './line.ts';

test('a TestRequest is answered with its id', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=1|34=2|112=hello'), ['> 35=0|34=2|112=hello']);
});

test('a Heartbeat goes out when nothing else did for the interval', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.pass(9.9), []);
  assert.deepEqual(line.pass(0.1), ['> 35=0|34=2']);
});

test('silence brings a TestRequest after 1.2 intervals and the end after 2.4', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.pass(12), ['> 35=0|34=2', '> 35=1|34=3|112=TEST']);
  assert.deepEqual(line.pass(11.9), [], 'while the answer is due there is no Heartbeat either');
  assert.deepEqual(line.pass(0.1), ['disconnect SILENCE']);
});

test('an answer to the TestRequest keeps the session', () => {
  const line = new Line().loggedOn();
  line.pass(12);
  line.receive('35=0|34=2|112=TEST');
  assert.deepEqual(line.pass(11.9), ['> 35=0|34=4'], 'and Heartbeats go out again');
});

test('a peer that we do not read is not silent', () => {
  const line = new Line().loggedOn();
  const outputs = line.pass(100, false);
  assert.ok(outputs.length >= 9 && outputs.every((text) => text.startsWith('> 35=0')), outputs.join());
});

test('HeartBtInt 0 means no heartbeats and no end by silence', () => {
  const line = new Line();
  line.apply({ kind: 'connected' });
  line.receive('35=A|34=1|98=0|108=0');
  assert.deepEqual(line.pass(10_000), []);
});

test('a wall clock stepped by an hour ends no session', () => {
  const line = new Line({ sendingTimeToleranceNs: null }).loggedOn();
  line.utcNs += 3_600_000_000_000n;
  assert.deepEqual(line.apply({ kind: 'tick', isReading: true }), []);
  line.utcNs -= 7_200_000_000_000n;
  assert.deepEqual(line.apply({ kind: 'tick', isReading: true }), []);
});

test("the peer's Logout is answered, then the line is closed", () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=5|34=2|58=bye'), ['> 35=5|34=2', 'disconnect LOGGED_OUT']);
  assert.equal(line.state.expectedIn, 3);
});

test('our Logout waits for the answer', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.apply({ kind: 'logout', text: 'end of day' }), ['> 35=5|34=2|58=end of day']);
  assert.deepEqual(
    line.receive('35=8|34=2|17=E'),
    ['deliver 35=8|34=2|17=E'],
    'what is under way still counts',
  );
  assert.deepEqual(line.receive('35=5|34=3'), ['disconnect LOGGED_OUT']);
});

test('a Logout that is not answered ends after its timeout', () => {
  const line = new Line().loggedOn();
  line.apply({ kind: 'logout', text: '' });
  assert.deepEqual(line.pass(2), ['disconnect LOGOUT_TIMEOUT']);
});

test('a Logout ahead of its number is answered; the gap is asked for at the next Logon', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=5|34=7'), ['> 35=5|34=2', 'disconnect LOGGED_OUT']);
  assert.equal(line.state.expectedIn, 2);
});

test('sending needs a session that is logged on, and a message that can be written', () => {
  const line = new Line();
  assert.deepEqual(line.apply({ kind: 'send', message: { msgType: '8', fields: [[17, 'E']] } }), [
    'notSent NOT_LOGGED_ON',
  ]);
  line.loggedOn();
  assert.deepEqual(line.apply({ kind: 'send', message: { msgType: '8', fields: [[17, '']] } }), [
    'notSent NOT_ENCODABLE',
  ]);
  assert.deepEqual(line.apply({ kind: 'send', message: { msgType: '8', fields: [[17, 'E']] } }), [
    '> 35=8|34=2|17=E',
  ]);
});

test('application messages are told from admin ones, which are not kept for a resend', () => {
  const line = new Line().loggedOn();
  line.apply({ kind: 'send', message: { msgType: 'AE', fields: [[571, 'R']] } });
  assert.ok(line.outputs[0]?.kind === 'transmit' && line.outputs[0].isApplication);
  line.receive('35=1|34=2|112=x');
  assert.ok(line.outputs[0]?.kind === 'transmit' && !line.outputs[0].isApplication);
});

test('a Reject of ours reaches the application: it may mean a report that never was', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=3|34=2|45=7|58=no'), ['deliver 35=3|34=2|45=7|58=no']);
});

for (const [name, text, answer] of [
  ['a required tag is missing', '35=1|34=2', '45=2|58=Required tag missing|371=112|372=1|373=1'],
  ['a tag has no value', '35=8|34=2|17=', '45=2|58=Tag specified without a value|371=17|372=8|373=4'],
  [
    'a number is no number',
    '35=2|34=2|7=x|16=0',
    '45=2|58=Incorrect data format for value|371=7|372=2|373=6',
  ],
] as const) {
  test(`where ${name} the message is rejected and its number used`, () => {
    const line = new Line().loggedOn();
    assert.deepEqual(line.receive(text), [`> 35=3|34=2|${answer}`, 'rejected 2']);
    assert.equal(line.state.expectedIn, 3);
  });
}

test('wrong CompIDs are rejected and the peer logged out', () => {
  for (const header of [{ sender: 'X' }, { target: 'X' }]) {
    const line = new Line().loggedOn();
    assert.deepEqual(line.receive('35=0|34=2', header), [
      '> 35=3|34=2|45=2|58=CompID problem|372=0|373=9',
      'rejected 2',
      '> 35=5|34=3',
    ]);
    assert.deepEqual(line.receive('35=5|34=3'), ['disconnect PROTOCOL']);
  }
});

test('SendingTime beyond the tolerance is rejected and the peer logged out, either way', () => {
  for (const time of ['20260101-00:00:00', '20990101-00:00:00']) {
    const line = new Line().loggedOn();
    assert.deepEqual(line.receive(`35=0|34=2|52=${time}`), [
      '> 35=3|34=2|45=2|58=SendingTime accuracy problem|372=0|373=10',
      'rejected 2',
      '> 35=5|34=3',
    ]);
    assert.deepEqual(line.receive('35=5|34=3'), ['disconnect PROTOCOL']);
  }
});

test('a peer logged out over a fault is heard no more: only its Logout, or the timeout, ends the line', () => {
  const line = new Line({ logoutTimeoutNs: 2_000_000_000n }).loggedOn();
  line.receive('35=0|34=2', { sender: 'X' });
  assert.deepEqual(line.receive('35=8|34=2|17=E'), []);
  assert.deepEqual(line.receive('35=1|34=3|112=x'), []);
  assert.deepEqual(line.pass(1.9), []);
  assert.deepEqual(line.pass(0.1), ['disconnect PROTOCOL']);
  line.apply({ kind: 'connected' });
  assert.equal(
    line.receive('35=A|34=2|98=0|108=10').at(-1),
    'loggedOn',
    'the next line begins with a clean slate',
  );
});

test('an unreadable SendingTime is rejected and the session goes on', () => {
  const line = new Line().loggedOn();
  assert.match(line.receive('35=0|34=2|52=now')[0]!, /371=52\|372=0\|373=6/);
  assert.equal(line.state.phase, 'loggedOn');
});

test('another BeginString ends the session', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=0|34=2', { beginString: 'FIX.4.2' }), [
    '> 35=5|34=2|58=Incorrect BeginString',
  ]);
  assert.deepEqual(line.receive('35=5|34=2'), ['disconnect PROTOCOL']);
});

test('a Logout below its number is answered all the same', () => {
  const line = new Line({}, { nextOut: 1, nextIn: 9 }).loggedOn();
  assert.deepEqual(line.receive('35=5|34=4'), ['> 35=5|34=2', 'disconnect LOGGED_OUT']);
});

test('an answer goes back the way the message came, by the routing fields that have a value', () => {
  const line = new Line().loggedOn();
  const there = line.receive('35=1|34=2|115=FIRM|116=DESK|144=NY|112=x');
  assert.deepEqual(there, ['> 35=0|34=2|128=FIRM|129=DESK|145=NY|112=x']);
  const back = line.receive('35=1|34=3|128=FIRM|129=DESK|145=NY');
  assert.deepEqual(
    back[0],
    '> 35=3|34=3|115=FIRM|116=DESK|144=NY|45=3|58=Required tag missing|371=112|372=1|373=1',
  );
  assert.match(line.receive('35=8|34=4|115=FIRM|116=')[0]!, /^> 35=3\|34=4\|128=FIRM\|45=4/);
  assert.deepEqual(line.receive('35=5|34=5|115=FIRM')[0], '> 35=5|34=5|128=FIRM');
});

test('header fields go out in ascending order, those of the caller among ours', () => {
  const line = new Line({ senderSubId: 'A', targetSubId: 'B' }).loggedOn();
  const fields = [
    [128, 'Z'],
    [97, 'Y'],
    [11, 'id'],
  ] as const;
  line.apply({ kind: 'send', message: { msgType: 'D', fields } });
  const [output] = line.outputs;
  assert.ok(output?.kind === 'transmit');
  const message = decodeMessage(output.bytes) as FixMessage;
  const tags = Array.from({ length: message.fieldCount }, (_, at) => message.tagAt(at));
  assert.deepEqual(tags, [8, 9, 35, 34, 49, 50, 52, 56, 57, 97, 128, 11, 10]);
});

for (const seq of ['-', '0', '-5', 'x', '1000000000000000000']) {
  test(`MsgSeqNum ${seq} ends the session`, () => {
    const line = new Line().loggedOn();
    assert.equal(line.receive(`35=0|34=${seq}`).at(-1), 'disconnect PROTOCOL');
  });
}

test('no message of a peer makes the core throw or change the state given', () => {
  const value = fc.oneof(
    fc.constantFrom('Y', 'N', '0', '1', '2', '3', '10', 'x', ''),
    fc.nat(20).map(String),
  );
  const field = fc.tuple(fc.constantFrom(7, 16, 36, 43, 45, 98, 108, 112, 122, 123, 141, 34, 52, 58), value);
  const msgType = fc.constantFrom('0', '1', '2', '3', '4', '5', 'A', '8', 'AE', '??');
  const message = fc.tuple(msgType, fc.integer({ min: 1, max: 12 }), fc.array(field, { maxLength: 5 }));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 15 }), (messages) => {
      const line = new Line().loggedOn();
      let last = line.state.nextOut;
      for (const [type, seq, fields] of messages) {
        line.receive([`35=${type}`, `34=${seq}`, ...fields.map(([tag, text]) => `${tag}=${text}`)].join('|'));
        for (const output of line.outputs) {
          if (output.kind === 'reset') last = output.nextOut;
          if (output.kind !== 'transmit') continue;
          assert.equal(output.seq, last, 'numbers go out one by one');
          last += 1;
          assert.ok(decodeMessage(output.bytes) instanceof FixMessage);
        }
        if (line.state.phase === 'disconnected') return;
      }
    }),
    { numRuns: 500 },
  );
});
