import assert from 'node:assert/strict';
import test from 'node:test';
import { decodeMessage, encodeMessage, type FixMessage } from '@tapeclock/fix';
import type { ReportAction, TradeReportable } from '@tapeclock/schemas';
import { PROFILES } from '../../src/wire/profiles.ts';
import { type ReportToWrite, reportMessage } from '../../src/wire/report-message.ts';
import { SECOND, T0, trade } from '../support/samples.ts';

function written(options: Partial<ReportToWrite> = {}, facility: keyof typeof PROFILES = 'ADF'): FixMessage {
  const { msgType, fields } = reportMessage(
    {
      wireId: 'N123',
      action: 'NEW',
      order: trade('a'),
      possResend: false,
      reference: null,
      modifiers: [
        { field: 1, wire: '@' },
        { field: 4, wire: 'W' },
      ],
      ...options,
    },
    PROFILES[facility],
  );
  const message = decodeMessage(encodeMessage('FIX.4.4', msgType, fields));
  assert.ok(typeof message !== 'string');
  return message;
}

const texts = (message: FixMessage, ...tags: number[]) => tags.map((tag) => message.string(tag));
const reference = { number: '2000000001', date: '20261124' };

const KINDS: readonly (readonly [ReportAction, readonly (string | null)[]])[] = [
  // 487, 856, 1015, 1003, 22011, 552
  ['NEW', ['0', '0', '0', null, null, '2']],
  ['CANCEL', ['1', '6', '0', '2000000001', '20261124', '1']],
  ['REVERSAL', ['1', '6', '1', '2000000001', '20261124', '2']],
  ['CORRECT', ['2', '5', '0', '2000000001', '20261124', '2']],
];

for (const [action, expected] of KINDS) {
  test(`${action} is told as 6.3 and 6.4 say`, () => {
    const message = written({ action, reference: action === 'NEW' ? null : reference });
    assert.deepEqual(texts(message, 487, 856, 1015, 1003, 22011, 552), expected);
    assert.equal(message.string(572), null);
  });
}

test('both sides with their parties; branch sequence beside the firm it belongs to', () => {
  const message = written();
  const tags = Array.from({ length: message.fieldCount }, (_, at) => message.tagAt(at));
  assert.deepEqual(
    tags.slice(tags.indexOf(552)),
    [552, 54, 37, 453, 448, 447, 452, 802, 523, 803, 528, 54, 37, 453, 448, 447, 452, 10],
  );
  assert.deepEqual(texts(message, 448, 452, 523, 803, 528), ['TAPE', '1', 'NYC1', '24', 'P']);
});

test('modifiers go under the tags of their fields; time is UTC to the nanosecond; a possible resend says so first', () => {
  const order: TradeReportable = trade('a', { executedNs: T0 + 123_456_789n });
  const message = written({ order, possResend: true });
  assert.deepEqual(texts(message, 22001, 22002, 22003, 22004), ['@', null, null, 'W']);
  assert.equal(message.string(60), '20261124-15:00:00.123456789');
  assert.equal(message.tagAt(3), 97);
});

test('the trade date is the Eastern one of the execution', () => {
  // 01:00 UTC on Wednesday is still Tuesday in New York.
  const order = trade('a', { executedNs: T0 + 10n * 3_600n * SECOND });
  assert.equal(written({ order }).string(75), '20261124');
  assert.equal(written({ order }).string(60)?.slice(0, 8), '20261125');
});

test('second times only where their tag is known', () => {
  const plain = trade('a');
  const order = { ...plain, execution: { ...plain.execution, referenceNs: T0 - SECOND } };
  assert.equal(written({ order }).has(22033), false);
  assert.equal(written({ order }, 'TRF_CARTERET').string(22033), '20261124-14:59:59.000000000');
});

test('every profile names its facility, its session and how sure it is', () => {
  const subIds = new Set<string>();
  for (const [facility, profile] of Object.entries(PROFILES)) {
    assert.equal(profile.facility, facility);
    for (const part of [profile, profile.session, profile.report, profile.answer, profile.query]) {
      assert.match(part.certainty, /^(verified|derived|assumed)$/);
    }
    assert.equal(profile.report.modifierTags.length, 4);
    assert.deepEqual(Object.keys(profile.report.sides).sort(), ['BUY', 'CROSS', 'SELL']);
    subIds.add(profile.session.targetSubId);
  }
  assert.equal(subIds.size, 5);
});
