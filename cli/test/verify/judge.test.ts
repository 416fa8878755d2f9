import assert from 'node:assert/strict';
import test from 'node:test';
import type { Facts, JournalledReport, LoggedReport } from '../../src/verify/facts.ts';
import { judge } from '../../src/verify/judge.ts';

const NOW = 1_000n;
const execution = { symbol: 'AAPL', quantityE6: 100_000_000n, priceE8: 23_125_000_000n };
const line = { controlNumber: 'C1', symbol: 'AAPL', quantity: '100', price: '231.25' };

function logged(fields: Partial<LoggedReport> = {}): LoggedReport {
  return {
    reportId: 'N1',
    executionId: 'X1',
    lineageId: 'L1',
    action: 'NEW',
    execution: execution as LoggedReport['execution'],
    dueAtNs: NOW - 1n,
    intents: 1,
    accepted: [{ controlNumber: 'C1', late: false }],
    rejections: 0,
    latest: 'ACCEPTED',
    ...fields,
  };
}
const journalled = (fields: Partial<JournalledReport> = {}): JournalledReport => ({
  accepted: [line],
  rejections: 0,
  sentAgain: 0,
  resent: 0,
  ...fields,
});
function verdict(report: LoggedReport | null, journal: JournalledReport | null, fields: Partial<Facts> = {}) {
  const facts: Facts = {
    executions: new Set(['X1']),
    decided: new Set(['X1']),
    reports: new Map(report === null ? [] : [['N1', report]]),
    notReportable: 0,
    repairsOpen: 0,
    deadLetters: 0,
    unreadable: 0,
    settledByPerson: new Set(),
    journal: new Map(journal === null ? [] : [['N1', journal]]),
    nowNs: NOW,
    ...fields,
  };
  const { counts, exceptions } = judge(facts);
  return { counts, codes: exceptions.map(({ code }) => code) };
}
const unanswered: Partial<LoggedReport> = { accepted: [], latest: 'INTENDED' };

test('one acceptance on both sides is clean', () => {
  const { counts, codes } = verdict(logged(), journalled());
  assert.deepEqual(codes, []);
  assert.equal(counts.exactlyOnce, 1);
});

test('each way in which log and facility can disagree is an exception of its own', () => {
  const none = journalled({ accepted: [] });
  const cases: readonly (readonly [string, ReturnType<typeof verdict>])[] = [
    ['EXECUTION_UNDECIDED', verdict(null, null, { decided: new Set() })],
    ['NOT_ACCEPTED', verdict(logged(unanswered), null)],
    ['ACCEPTED_TWICE', verdict(logged(), journalled({ accepted: [line, { ...line }] }))],
    ['ACCEPTED_UNKNOWN', verdict(null, journalled())],
    ['CONTENT_DIFFERS', verdict(logged(), journalled({ accepted: [{ ...line, quantity: '101' }] }))],
    ['CONTENT_DIFFERS', verdict(logged(), journalled({ accepted: [{ ...line, price: '231.2501' }] }))],
    ['CONTENT_DIFFERS', verdict(logged(), journalled({ accepted: [{ ...line, symbol: 'AAPB' }] }))],
    ['SENT_AGAIN', verdict(logged(), journalled({ sentAgain: 1 }))],
    ['SENT_WITHOUT_INTENT', verdict(logged({ intents: 0 }), journalled())],
    ['IN_DOUBT', verdict(logged({ accepted: [], latest: 'IN_DOUBT' }), null)],
    ['JOURNAL_ACCEPTED_LOG_NOT', verdict(logged(unanswered), journalled())],
    [
      'LOG_ACCEPTED_DIFFERENTLY',
      verdict(logged(), journalled({ accepted: [{ ...line, controlNumber: 'C2' }] })),
    ],
    ['UNREADABLE_RECORD', verdict(logged(), journalled(), { unreadable: 1 })],
    ['DEAD_LETTER', verdict(logged(), journalled(), { deadLetters: 1 })],
  ];
  for (const [code, { codes }] of cases) assert.deepEqual(codes, [code]);
  assert.ok(verdict(logged(), none).codes.includes('LOG_ACCEPTED_JOURNAL_NOT'));
});

test('what waits for a person, a closed facility or an open window is counted, not blamed', () => {
  for (const [count, report] of [
    ['rejectedWaiting', logged({ accepted: [], latest: 'REJECTED' })],
    ['held', logged({ accepted: [], latest: 'HELD' })],
    ['open', logged({ ...unanswered, dueAtNs: NOW })],
  ] as const) {
    const { counts, codes } = verdict(report, null);
    assert.deepEqual(codes, [], count);
    assert.equal(counts[count], 1, count);
  }
});

test('a FIX resend of the same message is no second report', () => {
  assert.deepEqual(verdict(logged(), journalled({ resent: 2 })).codes, []);
});
