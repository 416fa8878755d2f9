import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  type CheckOptions,
  decodeMessage,
  FixMessage,
  messageCheck,
  type OverlayTexts,
  standardDictionaries,
} from '../../src/index.ts';

type BeginString = 'FIX.4.2' | 'FIX.4.4' | 'FIXT.1.1';

const HEADER = '34=2|49=A|52=20261124-15:00:00|56=B';
const ORDER = '11=id|21=1|40=1|54=1|55=INTC|60=20261124-15:00:00';

function message(text: string, begin: BeginString = 'FIX.4.4'): FixMessage {
  const bytes = Buffer.from(`8=${begin}|9=5|${text}|10=000|`.replaceAll('|', '\x01'));
  const decoded = decodeMessage(bytes);
  assert.ok(decoded instanceof FixMessage, String(decoded));
  return decoded;
}

/** The complaint as `reason/tag`; null where there is none. */
function complaint(
  text: string,
  begin: BeginString = 'FIX.4.4',
  options: CheckOptions = {},
  overlay: OverlayTexts = {},
): string | null {
  const found = messageCheck(standardDictionaries(begin, overlay), options)(message(text, begin));
  return found === null ? null : `${found.reason.value}/${found.refTag ?? '-'}`;
}

const order = (body: string) => `35=D|${HEADER}|${body}`;

for (const begin of ['FIX.4.2', 'FIX.4.4', 'FIXT.1.1'] as const) {
  test(`${begin}: an order, a heartbeat and a report as the specification has them pass`, () => {
    assert.equal(complaint(order(`${ORDER}|38=100|59=0`), begin), null);
    assert.equal(complaint(`35=0|${HEADER}|112=x`, begin), null);
    const report = '37=1|17=1|150=0|39=0|54=1|55=A|151=0|14=1|6=0.0';
    assert.equal(complaint(`35=8|${HEADER}|${report}${begin === 'FIX.4.2' ? '|20=0' : ''}`, begin), null);
  });
}

for (const [name, text, expected] of [
  ['a message type nobody knows', `35=*|${HEADER}`, '11/-'],
  ['a tag that the specification lacks', `35=0|${HEADER}|4999=x`, '0/4999'],
  ['a tag of the user range', `35=0|${HEADER}|5001=x`, '0/5001'],
  ['the tag 0', `35=0|${HEADER}|0=x`, '0/0'],
  ['a negative tag', `35=0|${HEADER}|-1=x`, '0/-1'],
  ['a required body field that is missing', order(ORDER.replace('|60=20261124-15:00:00', '')), '1/60'],
  ['a required header field that is missing', `35=0|34=2|49=A|52=20261124-15:00:00`, '1/56'],
  ['a field of another message', `35=0|${HEADER}|55=A`, '2/55'],
  ['a field without value', order(`${ORDER}|15=`), '4/15'],
  ['a value that is not listed', order(ORDER.replace('40=1', '40=w')), '5/40'],
  ['one of several values that is not listed', order(`${ORDER}|18=1 ?`), '5/18'],
  ['a number with a plus sign', order(`${ORDER}|38=+1`), '6/38'],
  ['a number with an exponent', order(`${ORDER}|44=1e5`), '6/44'],
  ['a time without its time of day', order(`${ORDER}|126=20261124`), '6/126'],
  ['a day that no month has', order(`${ORDER}|432=20261132`), '6/432'],
  ['a character of two', order(`${ORDER}|377=YY`), '5/377'],
  ['a field twice', order(`${ORDER}|40=2`), '13/40'],
  ['a header field behind the body', `35=D|55=A|${HEADER}`, '14/34'],
  ['a body field behind the trailer', order(`${ORDER}|89=x|15=USD`), '14/15'],
  ['a group with fewer entries than announced', order(`${ORDER}|386=3|336=A|336=B`), '16/386'],
  ['a group with more entries than announced', order(`${ORDER}|386=1|336=A|336=B`), '16/386'],
  ['a group that is announced and absent', order(`${ORDER}|386=1`), '16/386'],
  ['an entry that does not begin with its first field', order(`${ORDER}|453=1|447=D|448=X|452=1`), '15/447'],
  ['a field twice in one entry', order(`${ORDER}|453=1|448=X|452=1|452=3`), '13/452'],
  ['a wrong value deep in a group', order(`${ORDER}|453=1|448=X|447=D|452=1|802=1|523=s|803=x`), '5/803'],
  ['a nested group with a wrong count', order(`${ORDER}|453=1|448=X|452=1|802=2|523=s|803=1`), '16/802'],
  ['a group count that is no number', order(`${ORDER}|386=x`), '6/386'],
] as const) {
  test(`refuses ${name}`, () => assert.equal(complaint(text), expected));
}

for (const [name, text] of [
  ['fields of the body in any order', order(ORDER.split('|').reverse().join('|'))],
  ['several values in one field', order(`${ORDER}|18=1 5 G`)],
  ['a group of none', order(`${ORDER}|386=0`)],
  ['groups within groups, entry by entry', order(`${ORDER}|453=2|448=X|452=1|802=2|523=s|803=1|523=t|448=Y`)],
  ['leading zeros', order(`${ORDER}|38=002000.00`)],
  ['data that holds the separator', `35=0|${HEADER}|90=3|91=a\x01b`],
  ['hops in the header', `35=0|${HEADER}|627=2|628=A|629=20261124-15:00:00|628=B|112=x`],
] as const) {
  test(`takes ${name}`, () => assert.equal(complaint(text), null));
}

test('on FIXT the session layer is held to its own dictionary, all else to FIX 5.0 SP2', () => {
  assert.equal(complaint(`35=0|${HEADER}|999=x`, 'FIXT.1.1'), '0/999', '999 is a field of FIX 5.0 SP2 only');
  assert.equal(complaint(`35=0|${HEADER}|58=x`, 'FIXT.1.1'), '2/58');
  assert.equal(complaint(`35=A|${HEADER}|98=0|108=30`, 'FIXT.1.1'), '1/1137');
  assert.equal(complaint(`35=D|${HEADER}|1128=9|${ORDER}`, 'FIXT.1.1'), null);
});

test('what the options allow is let through, and nothing more', () => {
  const unknown = order(`${ORDER}|4999=x|17=y`);
  assert.equal(complaint(unknown, 'FIX.4.4', { allowUnknownFields: true }), null);
  assert.equal(complaint(unknown, 'FIX.4.4', { allowUserDefinedFields: true }), '0/4999');
  assert.equal(complaint(order(`${ORDER}|5001=x`), 'FIX.4.4', { allowUserDefinedFields: true }), null);
  assert.equal(complaint(`35=D|55=A|${HEADER}`, 'FIX.4.4', { allowFieldsOutOfOrder: true }), '1/11');
  assert.equal(complaint(`35=0|${HEADER}|0=x`, 'FIX.4.4', { allowUnknownFields: true }), '0/0');
});

test('an overlay adds what a counterparty sends: fields of its own, and members the specification forgot', () => {
  const overlay = { application: 'field 5001 DeskCode STRING A|B\nmessage D + 5001* 60\nmessage AE + 939' };
  const reported = `35=AE|${HEADER}|571=R|570=N|55=A|32=1|31=1|75=20261124|60=20261124-15:00:00|552=1|54=1|37=1`;
  assert.equal(complaint(`${reported}|939=0`), '2/939');
  assert.equal(complaint(`${reported}|939=0`, 'FIX.4.4', {}, overlay), null);
  assert.equal(complaint(order(`${ORDER}|5001=A`), 'FIX.4.4', {}, overlay), null);
  assert.equal(complaint(order(`${ORDER}|5001=C`), 'FIX.4.4', {}, overlay), '5/5001');
  assert.equal(complaint(order(ORDER), 'FIX.4.4', {}, overlay), '1/5001');
  const timeless = order(`${ORDER.replace('|60=20261124-15:00:00', '')}|5001=A`);
  assert.equal(complaint(timeless, 'FIX.4.4', {}, overlay), null, 'named again without * it is optional');
  assert.equal(complaint(order(`${ORDER}|5001=A`)), '0/5001', 'and nobody else sees it');
});

test('ten thousand entries of a group are gone through once', () => {
  const entries = Array.from({ length: 10_000 }, (_, i) => `|448=P${i}|452=1`).join('');
  assert.equal(complaint(order(`${ORDER}|453=10000${entries}`)), null);
  assert.equal(complaint(order(`${ORDER}|453=10001${entries}`)), '16/453');
});

test('no message makes the check throw', () => {
  const types = fc.constantFrom('0', '4', 'A', 'D', '8', 'AE', 'd', 'W', 'j', '*');
  const tag = fc.oneof(
    fc.integer({ min: -5, max: 1700 }),
    fc.constantFrom(453, 448, 802, 523, 386, 336, 552, 54, 10, 34),
  );
  const value = fc.oneof(fc.constantFrom('', '0', '1', '2', '-1', 'x', 'Y'), fc.string({ maxLength: 5 }));
  const begins = fc.constantFrom('FIX.4.2', 'FIX.4.4', 'FIXT.1.1');
  fc.assert(
    fc.property(begins, types, fc.array(fc.tuple(tag, value), { maxLength: 40 }), (begin, type, fields) => {
      const text = fields
        .map(([number, content]) => `${number}=${content.replaceAll('|', '').replaceAll('\x01', '')}`)
        .join('|');
      complaint(`35=${type}|${HEADER}|${text || '58=x'}`, begin);
    }),
    { numRuns: 2000 },
  );
});
