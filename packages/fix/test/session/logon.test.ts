import assert from 'node:assert/strict';
import test from 'node:test';
import { Line } from './line.ts';

test('an acceptor answers a Logon with the interval asked for', () => {
  const line = new Line();
  assert.deepEqual(line.apply({ kind: 'connected' }), []);
  assert.deepEqual(line.receive('35=A|34=1|98=0|108=20'), ['> 35=A|34=1|98=0|108=20', 'loggedOn']);
  assert.equal(line.state.expectedIn, 2);
});

test('an initiator logs on with interval, user and password, and is logged on by the answer', () => {
  const line = new Line({ role: 'initiator', username: 'u', password: 'p', heartbeatSeconds: 7 });
  assert.deepEqual(line.apply({ kind: 'connected' }), ['> 35=A|34=1|98=0|108=7|553=u|554=p']);
  assert.deepEqual(line.receive('35=A|34=1|98=0|108=7'), ['loggedOn']);
});

test('on FIXT the Logon carries DefaultApplVerID, and one without it is refused', () => {
  const good = new Line({ beginString: 'FIXT.1.1' });
  good.apply({ kind: 'connected' });
  assert.deepEqual(good.receive('35=A|34=1|98=0|108=20|1137=9'), [
    '> 35=A|34=1|98=0|108=20|1137=9',
    'loggedOn',
  ]);
  const bad = new Line({ beginString: 'FIXT.1.1' });
  bad.apply({ kind: 'connected' });
  assert.deepEqual(bad.receive('35=A|34=1|98=0|108=20'), [
    '> 35=5|34=1|58=Required tag missing (1137)',
    'disconnect LOGON_REFUSED',
  ]);
});

test('ResetSeqNumFlag begins both directions anew and is answered with the same flag', () => {
  const line = new Line({}, { nextOut: 50, nextIn: 70 });
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=A|34=1|98=0|108=10|141=Y'), [
    'reset 1',
    '> 35=A|34=1|98=0|108=10|141=Y',
    'loggedOn',
  ]);
  assert.deepEqual([line.state.nextOut, line.state.expectedIn], [2, 2]);
});

test('ResetSeqNumFlag with another number than 1 is refused', () => {
  const line = new Line();
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=A|34=5|98=0|108=10|141=Y').at(-1), 'disconnect LOGON_REFUSED');
});

test('with resetOnLogon each side begins at 1 on every Logon', () => {
  const acceptor = new Line({ resetOnLogon: true }, { nextOut: 50, nextIn: 70 });
  acceptor.apply({ kind: 'connected' });
  assert.deepEqual(acceptor.receive('35=A|34=1|98=0|108=10'), [
    'reset 1',
    '> 35=A|34=1|98=0|108=10',
    'loggedOn',
  ]);
  const initiator = new Line({ role: 'initiator', resetOnLogon: true }, { nextOut: 50, nextIn: 70 });
  assert.deepEqual(initiator.apply({ kind: 'connected' }), ['reset 1', '> 35=A|34=1|98=0|108=30|141=Y']);
  assert.deepEqual(initiator.receive('35=A|34=1|98=0|108=30|141=Y'), ['loggedOn']);
});

test('an acceptor that resets unasked is followed: our Logon counts as number 1', () => {
  const line = new Line({ role: 'initiator' }, { nextOut: 50, nextIn: 70 });
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=A|34=1|98=0|108=30|141=Y'), ['reset 2', 'loggedOn']);
  assert.deepEqual([line.state.nextOut, line.state.expectedIn], [2, 2]);
});

test('a Logon ahead of its number is answered, then the missing messages are asked for', () => {
  const line = new Line({}, { nextOut: 4, nextIn: 3 });
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=A|34=6|98=0|108=10'), [
    '> 35=A|34=4|98=0|108=10',
    'loggedOn',
    '> 35=2|34=5|7=3|16=0',
    'gap 3-6',
  ]);
  assert.deepEqual(line.receive('35=4|34=3|43=Y|122=20260101-00:00:00|123=Y|36=6'), []);
  assert.equal(line.state.expectedIn, 7, 'the Logon itself was number 6');
});

test('a Logon below its number is logged out with both numbers named', () => {
  const line = new Line({}, { nextOut: 4, nextIn: 30 });
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=A|34=6|98=0|108=10'), [
    '> 35=5|34=4|58=MsgSeqNum too low, expecting 30 but received 6',
    'disconnect SEQUENCE_TOO_LOW',
  ]);
});

for (const [name, text] of [
  ['without HeartBtInt', '35=A|34=1|98=0'],
  ['with an unreadable HeartBtInt', '35=A|34=1|98=0|108=x'],
  ['with a negative HeartBtInt', '35=A|34=1|98=0|108=-1'],
  ['with an endless HeartBtInt', '35=A|34=1|98=0|108=999999'],
] as const) {
  test(`a Logon ${name} is refused`, () => {
    const line = new Line();
    line.apply({ kind: 'connected' });
    assert.equal(line.receive(text).at(-1), 'disconnect LOGON_REFUSED');
  });
}

test('anything but a Logon first is not answered', () => {
  const line = new Line();
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.receive('35=0|34=1'), ['disconnect LOGON_REFUSED']);
});

test('an initiator whose Logon is answered with a Logout learns why', () => {
  const line = new Line({ role: 'initiator' });
  line.apply({ kind: 'connected' });
  line.receive('35=5|34=1|58=no such user');
  const [output] = line.outputs;
  assert.ok(output?.kind === 'disconnect');
  assert.equal(output.text, 'Logon refused by the peer: no such user');
});

test('a Logon that does not come in time ends the connection', () => {
  const line = new Line({ logonTimeoutNs: 5_000_000_000n });
  line.apply({ kind: 'connected' });
  assert.deepEqual(line.pass(4.9), []);
  assert.deepEqual(line.pass(0.1), ['disconnect LOGON_TIMEOUT']);
});

test('a Logon with stale SendingTime is refused', () => {
  const line = new Line();
  line.apply({ kind: 'connected' });
  assert.equal(line.receive('35=A|34=1|52=20200101-00:00:00|98=0|108=10').at(-1), 'disconnect LOGON_REFUSED');
});

test('a second Logon on a live session resets it when it says so, and ends it otherwise', () => {
  const reset = new Line().loggedOn();
  assert.deepEqual(reset.receive('35=A|34=1|98=0|108=10|141=Y'), [
    'reset 1',
    '> 35=A|34=1|98=0|108=10|141=Y',
  ]);
  assert.deepEqual(reset.receive('35=0|34=2'), []);
  const plain = new Line().loggedOn();
  assert.equal(plain.receive('35=A|34=2|98=0|108=10').at(-1), 'disconnect PROTOCOL');
});

test('a session that refuses in silence closes the line without a word', () => {
  for (const text of [
    '35=A|34=1|98=0',
    '35=A|34=1|52=20200101-00:00:00|98=0|108=10',
    '35=A|34=0|98=0|108=10',
  ]) {
    const line = new Line({ logonRefusal: 'silent' });
    line.apply({ kind: 'connected' });
    assert.deepEqual(line.receive(text), ['disconnect LOGON_REFUSED']);
    assert.equal(line.state.nextOut, 1);
  }
});
