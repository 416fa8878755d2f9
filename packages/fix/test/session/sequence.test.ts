import assert from 'node:assert/strict';
import test from 'node:test';
import { takenIn } from '../../src/index.ts';
import { Line } from './line.ts';

const DUP = '43=Y|122=20260101-00:00:00';

test('messages in order are delivered with their flags', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=8|34=2|17=E1'), ['deliver 35=8|34=2|17=E1']);
  assert.deepEqual(line.receive('35=8|34=3|97=Y|17=E2'), ['deliver 35=8|34=3|97=Y|17=E2 resend']);
});

test('a gap is asked for once, and what came early is delivered after it, in order', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=8|34=4|17=E4'), ['> 35=2|34=2|7=2|16=0', 'gap 2-4']);
  assert.deepEqual(line.receive('35=8|34=5|17=E5'), [], 'no second request');
  assert.deepEqual(line.receive(`35=8|34=2|${DUP}|17=E2`).length, 1);
  const rest = line.receive(`35=8|34=3|${DUP}|17=E3`);
  assert.deepEqual(
    rest.map((text) => text.match(/17=(\w+)/)?.[1]),
    ['E3', 'E4', 'E5'],
  );
  assert.deepEqual(line.receive(`35=8|34=4|${DUP}|17=E4`), [], 'the resend goes on over what was held');
  assert.equal(line.state.gap, null);
  assert.equal(line.state.heldBytes, 0);
});

test('a new gap after the last was filled is asked for anew', () => {
  const line = new Line().loggedOn();
  line.receive('35=8|34=3|17=E3');
  line.receive(`35=8|34=2|${DUP}|17=E2`);
  assert.deepEqual(line.receive('35=8|34=6|17=E6'), ['> 35=2|34=3|7=4|16=0', 'gap 4-6']);
});

test('what came early is kept within bounds; the resend brings the rest', () => {
  const line = new Line({ heldMessagesMax: 2 }).loggedOn();
  for (const seq of [4, 5, 6, 7]) line.receive(`35=8|34=${seq}|17=E${seq}`);
  assert.equal(line.state.held.size, 2);
  for (const seq of [2, 3]) line.receive(`35=8|34=${seq}|${DUP}|17=E${seq}`);
  assert.equal(line.state.expectedIn, 6);
  assert.equal(line.receive(`35=8|34=6|${DUP}|17=E6`).length, 1);
  assert.equal(line.receive(`35=8|34=7|${DUP}|17=E7`).length, 1);
});

test('what came early is kept within bounds of bytes too', () => {
  const line = new Line({ heldBytesMax: 150 }).loggedOn();
  for (const seq of [4, 5, 6]) line.receive(`35=8|34=${seq}|58=${'x'.repeat(50)}`);
  assert.equal(line.state.held.size, 1);
});

test('a gap that is not filled is asked for three times, then the session is given up', () => {
  const line = new Line({ gapTimeoutNs: 10_000_000_000n, beginString: 'FIX.4.4' });
  line.apply({ kind: 'connected' });
  line.receive('35=A|34=1|98=0|108=0');
  line.receive('35=8|34=4|17=E4');
  const requests = line.pass(60);
  assert.equal(requests.filter((text) => text.startsWith('> 35=2')).length, 2);
  assert.equal(requests.at(-1), 'disconnect GAP_NOT_FILLED');
});

test('a number too low without PossDupFlag ends the session with the standard text', () => {
  const line = new Line({}, { nextOut: 1, nextIn: 10 }).loggedOn();
  assert.deepEqual(line.receive('35=8|34=5|17=E5'), [
    '> 35=5|34=2|58=MsgSeqNum too low, expecting 11 but received 5',
    'disconnect SEQUENCE_TOO_LOW',
  ]);
});

test('a number too low with PossDupFlag is ignored', () => {
  const line = new Line({}, { nextOut: 1, nextIn: 10 }).loggedOn();
  assert.deepEqual(line.receive(`35=8|34=5|${DUP}|17=E5`), []);
});

test('PossDup without OrigSendingTime is rejected', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=8|34=2|43=Y|17=E'), [
    '> 35=3|34=2|45=2|58=Required tag missing|371=122|372=8|373=1',
    'rejected 2',
  ]);
  assert.equal(line.state.expectedIn, 3);
});

test('a gap fill without OrigSendingTime fills the gap: many engines give it none', () => {
  const line = new Line().loggedOn();
  line.receive('35=8|34=6|17=E6');
  const outputs = line.receive('35=4|34=2|43=Y|123=Y|36=6');
  assert.deepEqual(outputs, ['deliver 35=8|34=6|17=E6']);
  assert.equal(line.state.expectedIn, 7);
});

test('PossDup first sent after it was sent again is a clock nobody can believe', () => {
  const line = new Line().loggedOn();
  const outputs = line.receive('35=8|34=2|43=Y|122=20990101-00:00:00|17=E');
  assert.match(outputs[0]!, /373=10/);
  assert.deepEqual(line.receive('35=5|34=3'), ['disconnect PROTOCOL']);
});

test('the number moves on only when a message is taken, whatever the order of taking', () => {
  const line = new Line().loggedOn();
  for (const seq of [2, 3, 4]) line.receive(`35=8|34=${seq}|17=E${seq}`);
  assert.equal(takenIn(line.state), 2);
  line.taken(3);
  assert.equal(takenIn(line.state), 2, 'number 2 is still open');
  line.taken(2);
  assert.equal(takenIn(line.state), 4);
  line.receive('35=0|34=5');
  assert.equal(takenIn(line.state), 4, 'what follows an open message waits for it');
  line.taken(4);
  assert.equal(takenIn(line.state), 6);
});

test('after a break what was not taken is asked for again', () => {
  const line = new Line().loggedOn();
  for (const seq of [2, 3, 4]) line.receive(`35=8|34=${seq}|17=E${seq}`);
  line.taken(2);
  line.taken(4);
  line.apply({ kind: 'disconnected' });
  line.apply({ kind: 'connected' });
  const outputs = line.receive('35=A|34=5|98=0|108=10');
  assert.ok(outputs.includes('> 35=2|34=3|7=3|16=0'), outputs.join());
});

test('what is taken after the break counts when the line is back', () => {
  const line = new Line().loggedOn();
  for (const seq of [2, 3]) line.receive(`35=8|34=${seq}|17=E${seq}`);
  line.apply({ kind: 'disconnected' });
  line.taken(2);
  line.taken(3);
  line.apply({ kind: 'connected' });
  const outputs = line.receive('35=A|34=4|98=0|108=10');
  assert.deepEqual(outputs, ['> 35=A|34=2|98=0|108=10', 'loggedOn']);
});

test('an acknowledgement from before a reset means nothing after it', () => {
  const line = new Line().loggedOn();
  line.receive('35=8|34=2|17=old');
  const epoch = line.state.epoch;
  line.receive('35=A|34=1|98=0|108=10|141=Y');
  line.receive('35=8|34=2|17=new');
  line.taken(2, epoch);
  assert.equal(takenIn(line.state), 2);
  line.taken(2);
  assert.equal(takenIn(line.state), 3);
});

test('a gap fill stands for the messages it names', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=4|34=2|123=Y|36=10'), []);
  assert.equal(line.state.expectedIn, 10);
});

test('a gap fill backwards is rejected', () => {
  const line = new Line().loggedOn();
  line.receive('35=0|34=2');
  assert.deepEqual(line.receive('35=4|34=3|123=Y|36=2'), [
    '> 35=3|34=2|45=3|58=Value is incorrect (out of range) for this tag|371=36|372=4|373=5',
    'rejected 3',
  ]);
});

test('SequenceReset-Reset leads forward whatever its own number, and never backward', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=4|34=9999|36=20'), []);
  assert.equal(line.state.expectedIn, 20);
  assert.match(line.receive('35=4|34=20|36=5')[0]!, /373=5/);
  assert.equal(line.state.expectedIn, 20);
  assert.match(line.receive('35=4|34=20')[0]!, /371=36\|372=4\|373=1/);
});

test('a ResendRequest is answered for what was sent, and out of turn too', () => {
  const line = new Line({}, { nextOut: 8, nextIn: 1 }).loggedOn();
  assert.deepEqual(line.receive('35=2|34=2|7=3|16=5'), ['resend 3-5']);
  assert.deepEqual(line.receive('35=2|34=3|7=3|16=0'), ['resend 3-8']);
  assert.deepEqual(line.receive('35=2|34=4|7=3|16=999999'), ['resend 3-8']);
  assert.deepEqual(line.receive('35=2|34=5|7=50|16=0'), [], 'nothing was sent there');
  assert.match(line.receive('35=2|34=6|7=0|16=0')[0]!, /371=7\|372=2\|373=5/);
  assert.match(line.receive('35=2|34=7|7=5|16=3')[0]!, /371=16\|372=2\|373=5/);
  assert.deepEqual(line.receive('35=2|34=20|7=3|16=4'), ['resend 3-4', '> 35=2|34=11|7=8|16=0', 'gap 8-20']);
});

test('no deadlock when both sides have a gap: each answers before it asks', () => {
  const line = new Line({}, { nextOut: 5, nextIn: 5 }).loggedOn(9);
  assert.deepEqual(line.receive('35=2|34=10|7=2|16=0'), ['resend 2-6']);
});

test('a ResendRequest answered out of turn is not answered again when its turn comes', () => {
  const line = new Line({}, { nextOut: 3, nextIn: 1 }).loggedOn();
  assert.equal(line.receive('35=2|34=4|7=1|16=2')[0], 'resend 1-2');
  assert.deepEqual(line.receive(`35=4|34=2|${DUP}|123=Y|36=4`), []);
  assert.equal(line.state.expectedIn, 5);
});

test('SequenceReset-Reset may have the number 0, and backwards it is rejected under that number', () => {
  const line = new Line().loggedOn();
  assert.deepEqual(line.receive('35=4|34=0|36=1'), [
    '> 35=3|34=2|45=0|58=Value is incorrect (out of range) for this tag|372=4|373=5',
    'rejected 0',
  ]);
  assert.deepEqual(line.receive('35=4|34=0|36=50'), []);
  assert.equal(line.state.expectedIn, 50);
});

test('a ResendRequest below its number is answered, and moves no number', () => {
  const line = new Line({}, { nextOut: 1, nextIn: 9 }).loggedOn();
  assert.deepEqual(line.receive('35=2|34=4|7=1|16=0'), ['resend 1-1']);
  assert.equal(line.state.expectedIn, 10);
});
