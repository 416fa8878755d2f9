import assert from 'node:assert/strict';
import test from 'node:test';
import { complete, difference, parseDefinition, parsePatterns } from './definition.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 15, 0, 0);

test('lines are read by their letter, with a connection where one is named', () => {
  const steps = parseDefinition(
    '# comment\r\niCONNECT\r\n\r\nI8=a|\ni2,CONNECT\nE2,8=b|\ne2,DISCONNECT\niDISCONNECT',
  );
  assert.deepEqual(
    steps.map(({ line, connection, act, text }) => `${line} ${connection} ${act} ${text}`.trim()),
    [
      '2 1 connect',
      '4 1 send 8=a|',
      '5 2 connect',
      '6 2 expect 8=b|',
      '7 2 expectDisconnect',
      '8 1 disconnect',
    ],
  );
});

test('a line that is not understood is no comment', () => {
  assert.throws(() => parseDefinition('iSET_SESSION NEXTTARGETSEQNUM=3'), /line 1/);
});

test('times, BodyLength and CheckSum are filled in where they are absent', () => {
  assert.equal(
    complete('8=FIX.4.2|35=0|52=<TIME>|122=<TIME-1>|', NOW_MS),
    '8=FIX.4.2|9=48|35=0|52=20261124-15:00:00|122=20261124-14:59:59|10=029|',
  );
  const given = '8=FIX.4.2|9=3|35=0|10=256|';
  assert.equal(complete(given, NOW_MS), given);
});

test('a message without BeginString at its head goes out as it is', () => {
  assert.equal(complete('35=0|8=FIX.4.2|', NOW_MS), '35=0|8=FIX.4.2|');
});

test('messages are compared field by field in order; patterns stand in for what changes', () => {
  const patterns = parsePatterns('10=\\d{3}\n52=\\d{8}\n');
  const wanted = '8=A|52=0|58=x|10=0|';
  assert.equal(difference(wanted, '8=A|52=20261124|58=x|10=123|', patterns), null);
  assert.match(difference(wanted, '8=A|52=20261124|58=y|10=123|', patterns) ?? '', /58/);
  assert.match(difference(wanted, '8=A|58=x|52=20261124|10=123|', patterns) ?? '', /tag 52 expected/);
  assert.match(difference(wanted, '8=A|52=20261124|10=123|', patterns) ?? '', /4 fields expected/);
  assert.match(difference(wanted, '8=A|52=now|58=x|10=123|', patterns) ?? '', /tag 52/);
});
