import assert from 'node:assert/strict';
import test from 'node:test';
import { messageCheck, standardDictionaries } from '../../src/index.ts';
import { Line } from './line.ts';

const check = messageCheck(standardDictionaries('FIX.4.4'));
const ORDER = '11=id|40=1|54=1|55=INTC|60=20261124-15:00:00';

test('without a dictionary fields pass that no specification has', () => {
  const line = new Line().loggedOn();
  assert.match(line.receive('35=D|34=2|4999=x')[0]!, /^deliver/);
});

test('without a dictionary too the tags 0 and below are rejected', () => {
  const line = new Line().loggedOn();
  assert.match(line.receive('35=D|34=2|0=')[0]!, /371=0\|372=D\|373=0$/);
});

test('what the dictionary refuses is rejected, uses its number and is not delivered', () => {
  const line = new Line({ check }).loggedOn();
  assert.deepEqual(line.receive(`35=D|34=2|${ORDER}|4999=x`), [
    '> 35=3|34=2|45=2|58=Invalid tag number|371=4999|372=D|373=0',
    'rejected 2',
  ]);
  assert.match(line.receive(`35=D|34=3|${ORDER}`)[0]!, /^deliver/);
});

test('a reason that FIX 4.2 does not know is left out there, its text stays', () => {
  const line = new Line({
    beginString: 'FIX.4.2',
    check: messageCheck(standardDictionaries('FIX.4.2')),
  }).loggedOn();
  assert.deepEqual(
    line.receive(`35=D|34=2|${ORDER}|21=1|40=2`)[0],
    ['> 35=3|34=2|45=2|58=Tag appears more than once|371=40|372=D'][0],
  );
});

test('a message that came early is judged when its turn has come', () => {
  const line = new Line({ check }).loggedOn();
  assert.deepEqual(line.receive(`35=D|34=3|${ORDER}|4999=x`), ['> 35=2|34=2|7=2|16=0', 'gap 2-3']);
  assert.deepEqual(line.receive(`35=D|34=2|${ORDER}`).slice(1), [
    '> 35=3|34=3|45=3|58=Invalid tag number|371=4999|372=D|373=0',
    'rejected 3',
  ]);
  assert.equal(line.state.expectedIn, 4);
});

test('a ResendRequest that the dictionary refuses is not answered out of turn', () => {
  const line = new Line({ check }).loggedOn();
  assert.ok(!line.receive('35=2|34=5|7=1|16=0|55=A').some((text) => text.startsWith('resend')));
});

test('a Logon that the dictionary refuses is no Logon', () => {
  const line = new Line({ check });
  line.apply({ kind: 'connected' });
  assert.equal(line.receive('35=A|34=1|98=0|108=10|55=A').at(-1), 'disconnect LOGON_REFUSED');
});

test('SequenceReset-Reset is held against the dictionary too', () => {
  const line = new Line({ check }).loggedOn();
  assert.match(line.receive('35=4|34=0|36=9|55=A')[0]!, /58=Tag not defined for this message type/);
  assert.equal(line.state.expectedIn, 2);
});

test('a Logon that would reset a live session and that the dictionary refuses ends it, with no number reset', () => {
  const line = new Line({ check }).loggedOn();
  assert.deepEqual(line.receive('35=A|34=1|98=0|108=10|141=Y|55=A'), [
    '> 35=5|34=2|58=Tag not defined for this message type (55)',
    'disconnect PROTOCOL',
  ]);
  assert.equal(line.state.expectedIn, 2);
});
