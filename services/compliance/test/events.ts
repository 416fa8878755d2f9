/** Events of one trade's life as the other services would make them, for tests. */
import {
  eventId,
  executionId,
  lineageId,
  NS_PER_MS,
  NS_PER_SECOND,
  nsFromRfc3339,
  reportId,
} from '@tapeclock/domain';
import { type AnyEvent, type EventMeta, type ExecutionFields, NO_STAMPS } from '@tapeclock/schemas';

export const TEN = nsFromRfc3339('2025-03-04T15:00:00Z')!;

export const FIELDS: ExecutionFields = {
  symbol: 'AAPL',
  side: 'B',
  quantity: '100',
  price: '187.25',
  executedAt: '2025-03-04T15:00:00Z',
  mpid: 'TAPE',
  contraMpid: 'C',
  capacity: 'P',
  contraCapacity: null,
  shortSale: null,
  facility: null,
  reportType: null,
  tradeType: null,
  referenceAt: null,
  settlement: null,
  tradeThrough: null,
  executingParty: null,
  account: null,
  accountHolderType: null,
  orderId: null,
  orderKeyDate: null,
  contraOrderId: null,
  clearingFirm: null,
  branchSequence: null,
  memo: null,
};

export interface TestTrade {
  readonly source: string;
  readonly sourceExecutionId: string;
  readonly revision: number;
  readonly symbol: string;
  readonly executedNs: bigint;
}

export const trade = (sourceExecutionId: string, change: Partial<TestTrade> = {}): TestTrade => ({
  source: 'desk-a',
  sourceExecutionId,
  revision: 0,
  symbol: 'AAPL',
  executedNs: TEN,
  ...change,
});
export const idOf = (t: TestTrade) => executionId(t.source, t.sourceExecutionId, t.revision);
export const lineageOf = (t: TestTrade) => lineageId(t.source, t.sourceExecutionId);
export const reportOf = (t: TestTrade) => reportId(idOf(t), 'NEW');
export const repairOf = (t: TestTrade) => `R${idOf(t).slice(1)}`;
export const dueOf = (t: TestTrade) => t.executedNs + 10n * NS_PER_SECOND;

function meta(type: string, t: TestTrade, afterMs: bigint, ...cause: string[]): EventMeta {
  const at = (ms: bigint) => (ms <= afterMs ? t.executedNs + ms * NS_PER_MS : null);
  return {
    eventId: eventId(type, idOf(t), ...cause),
    lineageId: lineageOf(t),
    schemaVersion: 1,
    recordedNs: t.executedNs + afterMs * NS_PER_MS,
    producer: 'test',
    traceparent: null,
    stamps: {
      ...NO_STAMPS,
      executedNs: t.executedNs,
      receivedNs: at(1n),
      loggedNs: at(2n),
      enrichedNs: at(4n),
      intendedNs: at(6n),
      sentNs: at(7n),
      answeredNs: at(9n),
    },
  };
}

export const received = (t: TestTrade): AnyEvent => ({
  type: 'ExecutionReceived',
  event: {
    meta: meta('ExecutionReceived', t, 2n),
    executionId: idOf(t),
    revision: t.revision,
    action: 'NEW',
    channel: 'FIX',
    source: t.source,
    sourceExecutionId: t.sourceExecutionId,
    refSourceExecutionId: null,
    sessionId: 'DESKA',
    sessionSeq: 7n,
    contentHash: 'H',
    fields: { ...FIELDS, symbol: t.symbol },
    originalFormat: 'fix',
    original: Buffer.from('8=FIX.4.4\u000135=AE\u000155=AAPL\u0001'),
    repairOf: null,
    actor: null,
  },
});

export const reportable = (t: TestTrade): AnyEvent => ({
  type: 'TradeReportable',
  event: {
    meta: meta('TradeReportable', t, 4n),
    executionId: idOf(t),
    revision: t.revision,
    action: 'NEW',
    source: t.source,
    sourceExecutionId: t.sourceExecutionId,
    reportId: reportOf(t),
    refReportId: null,
    facility: 'ADF',
    execution: {
      symbol: t.symbol,
      symbolClass: 'NMS',
      side: 'BUY',
      quantityE6: 100_000_000n,
      priceE8: 18_725_000_000n,
      executedNs: t.executedNs,
      mpid: 'TAPE',
      contraMpid: 'C',
      capacity: 'PRINCIPAL',
      contraCapacity: null,
      shortSale: 'NONE',
      reportType: 'TAPE',
      tradeType: 'REGULAR',
      referenceNs: null,
      settlement: 'REGULAR',
      tradeThrough: null,
      account: null,
      accountHolderType: null,
      orderId: null,
      orderKeyNs: null,
      contraOrderId: null,
      clearingFirm: null,
      branchSequence: null,
      memo: null,
    },
    decision: {
      rulebookVersion: '1',
      reportable: true,
      opensAtNs: t.executedNs,
      dueAtNs: dueOf(t),
      asOf: false,
      tradeDate: '20250304',
      modifiers: [{ field: 1, code: '@' }],
      lateModifiers: [{ field: 3, code: 'Z' }],
      clause: '6282(a)(1)',
      certainty: 'verified',
      ruleId: 'ADF-10S',
      trace: [
        {
          question: 'When is it due?',
          answer: 'Ten seconds after execution',
          ruleId: 'ADF-10S',
          clause: '6282(a)(1)',
          certainty: 'verified',
          inputs: 'executedNs',
        },
      ],
    },
    facilityReason: 'default of the firm',
    reportingSideReason: 'member sold',
    contentHash: 'H',
  },
});

const outcome = (t: TestTrade) => ({
  reportId: reportOf(t),
  executionId: idOf(t),
  revision: t.revision,
  action: 'NEW' as const,
  facility: 'ADF' as const,
  sessionId: 'ADF1',
  dueAtNs: dueOf(t),
});

export const intended = (t: TestTrade, attempt = 1): AnyEvent => ({
  type: 'ReportIntended',
  event: {
    meta: meta('ReportIntended', t, 6n, String(attempt)),
    ...outcome(t),
    msgSeqNum: 12n,
    attempt,
    message: Buffer.from('8=FIX.4.4\u000135=AE\u0001'),
    refReportId: null,
  },
});

export const inDoubt = (t: TestTrade): AnyEvent => ({
  type: 'ReportInDoubt',
  event: {
    meta: meta('ReportInDoubt', t, 2_000n),
    ...outcome(t),
    msgSeqNum: 12n,
    cause: 'DISCONNECTED',
    sinceNs: t.executedNs + 2_000n * NS_PER_MS,
    nextStep: 'PERSON',
  },
});

export const rejected = (t: TestTrade): AnyEvent => ({
  type: 'ReportRejected',
  event: {
    meta: meta('ReportRejected', t, 9n),
    ...outcome(t),
    code: '41',
    text: 'BAD MPID',
    retryClass: 'FIX_DATA',
    message: Buffer.from('8=FIX.4.4\u000135=AR\u0001'),
  },
});

export const accepted = (t: TestTrade, afterMs = 9n): AnyEvent => ({
  type: 'ReportAccepted',
  event: {
    meta: meta('ReportAccepted', t, afterMs),
    ...outcome(t),
    acceptedNs: t.executedNs + afterMs * NS_PER_MS,
    executedNs: t.executedNs,
    late: afterMs > 10_000n,
    controlDate: '20250304',
    controlNumber: 'C1',
    refControlNumber: null,
    modifiers: afterMs > 10_000n ? [{ field: 3, code: 'Z' }] : [],
    resolvedBy: 'ANSWER',
    message: Buffer.from('8=FIX.4.4\u000135=AR\u0001'),
  },
});

export const warned = (t: TestTrade, percentUsed: number): AnyEvent => ({
  type: 'ObligationWarned',
  event: {
    meta: meta('ObligationWarned', t, BigInt(percentUsed) * 100n, String(percentUsed)),
    executionId: idOf(t),
    revision: t.revision,
    reportId: reportOf(t),
    facility: 'ADF',
    dueAtNs: dueOf(t),
    windowNs: 10n * NS_PER_SECOND,
    percentUsed,
    stage: 'facility',
    holder: 'ADF1',
  },
});

export const breached = (t: TestTrade): AnyEvent => ({
  type: 'ObligationBreached',
  event: {
    meta: meta('ObligationBreached', t, 10_000n),
    executionId: idOf(t),
    revision: t.revision,
    reportId: reportOf(t),
    facility: 'ADF',
    dueAtNs: dueOf(t),
    stage: 'facility',
    holder: 'ADF1',
  },
});

export const met = (t: TestTrade, afterMs = 9n): AnyEvent => ({
  type: 'ObligationMet',
  event: {
    meta: meta('ObligationMet', t, afterMs),
    executionId: idOf(t),
    revision: t.revision,
    reportId: reportOf(t),
    facility: 'ADF',
    dueAtNs: dueOf(t),
    acceptedNs: t.executedNs + afterMs * NS_PER_MS,
    usedNs: afterMs * NS_PER_MS,
    late: afterMs > 10_000n,
    latenessNs: afterMs > 10_000n ? (afterMs - 10_000n) * NS_PER_MS : 0n,
    attribution: [{ stage: 'facility', durationNs: (afterMs - 7n) * NS_PER_MS }],
    worstStage: 'facility',
  },
});

export const repairOpened = (t: TestTrade, stage = 'enrichment'): AnyEvent => ({
  type: 'RepairOpened',
  event: {
    meta: meta('RepairOpened', t, 4n, stage),
    repairId: repairOf(t),
    stage,
    executionId: idOf(t),
    source: t.source,
    sourceExecutionId: t.sourceExecutionId,
    action: 'NEW',
    refSourceExecutionId: null,
    channel: 'FIX',
    issues: [
      {
        code: 'SYMBOL_UNKNOWN',
        field: 'symbol',
        value: '=cmd',
        message: 'unknown symbol',
        action: 'Correct it',
      },
    ],
    fields: { ...FIELDS, symbol: '=cmd' },
    originalFormat: 'fix',
    original: Buffer.from([0x38, 0x3d, 0x01, 0xff]),
    dueAtNs: dueOf(t),
    facility: 'ADF',
    reportId: null,
  },
});

export const repairClosed = (t: TestTrade, resolution = 'RESUBMITTED'): AnyEvent => ({
  type: 'RepairClosed',
  event: {
    meta: meta('RepairClosed', t, 5_000n, resolution),
    repairId: repairOf(t),
    resolution,
    actor: 'officer',
    reason: 'typo',
    executionId: idOf(t),
  },
});

export const alert = (
  name: string,
  subject: string,
  state: 'RAISED' | 'CLEARED',
  afterMs = 0n,
): AnyEvent => ({
  type: 'OperationsAlert',
  event: {
    meta: {
      eventId: eventId('OperationsAlert', name, subject, state, String(afterMs)),
      lineageId: `${name}/${subject}`,
      schemaVersion: 1,
      recordedNs: TEN + afterMs * NS_PER_MS,
      producer: 'test',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    alert: name,
    subject,
    severity: 'critical',
    state,
    text: `${name} ${subject}`,
    action: 'Look',
  },
});

export const session = (sessionId: string, state: string): AnyEvent => ({
  type: 'SessionStateChanged',
  event: {
    meta: {
      eventId: eventId('SessionStateChanged', sessionId, state),
      lineageId: sessionId,
      schemaVersion: 1,
      recordedNs: TEN,
      producer: 'test',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    sessionId,
    role: 'facility',
    state,
    process: 'hot',
    text: null,
  },
});
