import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeMessage, encodeMessage, type FixMessage, resend, resolveConfig } from '../../src/index.ts';
import { SentMessages } from '../../src/store/sent-messages.ts';

const config = resolveConfig({
  sessionId: 's',
  role: 'initiator',
  beginString: 'FIX.4.4',
  senderCompId: 'TAPE',
  targetCompId: 'FACILITY',
});
const now = { utcNs: 1_795_532_400_000_000_000n, monotonicNs: 0n };

function report(seq: number): Buffer {
  return encodeMessage('FIX.4.4', 'AE', [
    [49, 'TAPE'],
    [56, 'FACILITY'],
    [34, seq],
    [52, '20261124-14:59:00.000'],
    [571, `R${seq}`],
    [552, 1],
    [54, 1],
  ]);
}

function answers(sent: SentMessages, from: number, to: number): string[] {
  return Array.from(resend(config, sent, { from, to }, now), (bytes) => {
    const message = decodeMessage(bytes) as FixMessage;
    assert.ok(message.flag(43));
    return message.msgType === '4'
      ? `fill ${message.int(34)}-${message.int(36)}`
      : `${message.msgType} ${message.int(34)}`;
  });
}

test('application messages come again, each run of others as one gap fill', () => {
  const sent = new SentMessages();
  for (const seq of [3, 4, 7]) sent.add(seq, report(seq));
  assert.deepEqual(answers(sent, 1, 9), ['fill 1-3', 'AE 3', 'AE 4', 'fill 5-7', 'AE 7', 'fill 8-10']);
  assert.deepEqual(answers(sent, 3, 4), ['AE 3', 'AE 4']);
  assert.deepEqual(answers(sent, 5, 6), ['fill 5-7']);
});

test('a message sent again keeps its body and number and says when it was first sent', () => {
  const sent = new SentMessages();
  sent.add(3, report(3));
  const [bytes] = resend(config, sent, { from: 3, to: 3 }, now);
  const text = Buffer.from(bytes!).toString('latin1').replaceAll('\x01', '|');
  assert.match(
    text,
    /35=AE\|34=3\|43=Y\|49=TAPE\|52=20261124-15:00:00.000\|56=FACILITY\|122=20261124-14:59:00.000\|571=R3\|552=1\|54=1\|10=/,
  );
});

test('forgotten messages are gap-filled, in one step however many', () => {
  const sent = new SentMessages({ messagesMax: 2 });
  for (let seq = 1; seq <= 5; seq += 1) sent.add(seq, report(seq));
  assert.deepEqual(answers(sent, 1, 5), ['fill 1-4', 'AE 4', 'AE 5']);
  const far = new SentMessages({ messagesMax: 1 });
  far.add(999_999_999_999, report(1));
  far.add(1_000_000_000_000, report(2));
  assert.deepEqual(answers(far, 1, 999_999_999_999), ['fill 1-1000000000000']);
});

test('bytes in the store that are no message are gap-filled', () => {
  const sent = new SentMessages();
  sent.add(1, Buffer.from('torn'));
  assert.deepEqual(answers(sent, 1, 1), ['fill 1-2']);
});
