import assert from 'node:assert/strict';
import test from 'node:test';
import { bodyAscending, decodeMessage, FixMessage, standardDictionaries } from '../../src/index.ts';

const books = standardDictionaries('FIX.4.4');

function ordered(body: string): string {
  const text = `8=FIX.4.4|9=5|35=D|34=2|49=A|52=20261124-15:00:00|56=B|${body}|10=000|`;
  const message = decodeMessage(Buffer.from(text.replaceAll('|', '\x01')));
  assert.ok(message instanceof FixMessage);
  return bodyAscending(books, message)
    .map(([tag, value]) => `${tag}=${Buffer.from(value as Uint8Array).toString()}`)
    .join('|');
}

test('the body is put in ascending order, without header and trailer', () => {
  assert.equal(ordered('60=t|11=id|55=A'), '11=id|55=A|60=t');
});

test('a repeating group stays in one piece behind its count, as it came', () => {
  assert.equal(
    ordered('60=t|453=2|448=X|447=D|452=1|802=1|523=s|803=1|448=Y|11=id'),
    '11=id|60=t|453=2|448=X|447=D|452=1|802=1|523=s|803=1|448=Y',
  );
});

test('data stays behind its length', () => {
  assert.equal(ordered('354=1|355=x|11=id'), '11=id|354=1|355=x');
  assert.equal(ordered('212=1|213=x|11=id'), '11=id', 'those of the header are left out');
});
