// Small events for the tracker's tests, with only what the tracker reads filled in with care.
import {
  type EventMeta,
  NO_STAMPS,
  type ReportAccepted,
  type ReportIntended,
  type StageStamps,
  type TradeReportable,
} from '@tapeclock/schemas';

export const T0 = 1_795_532_400_000_000_000n;
export const SECOND = 1_000_000_000n;

export function meta(eventId: string, lineageId: string, stamps: Partial<StageStamps> = {}): EventMeta {
  return {
    eventId,
    lineageId,
    schemaVersion: 1,
    recordedNs: T0,
    producer: 'test',
    traceparent: null,
    stamps: { ...NO_STAMPS, ...stamps },
  };
}

/** A trade executed at `executedNs`, due ten seconds later. */
export function trade(name: string, executedNs: bigint, lineage = name): TradeReportable {
  return {
    meta: meta(`trade-${name}`, lineage, {
      executedNs,
      receivedNs: executedNs + 1_000n,
      loggedNs: executedNs + 2_000n,
      enrichedNs: executedNs + 3_000n,
    }),
    executionId: name,
    revision: 0,
    action: 'NEW',
    source: 'OMS',
    sourceExecutionId: name,
    reportId: `N-${name}`,
    refReportId: null,
    facility: 'ADF',
    execution: {
      symbol: 'IBM',
      symbolClass: 'NMS',
      side: 'BUY',
      quantityE6: 100_000_000n,
      priceE8: 10_000_000_000n,
      executedNs,
      mpid: 'TAPE',
      contraMpid: 'WXYZ',
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
      rulebookVersion: 'test',
      reportable: true,
      opensAtNs: executedNs,
      dueAtNs: executedNs + 10n * SECOND,
      asOf: false,
      tradeDate: '20261124',
      modifiers: [],
      lateModifiers: [],
      clause: '6282(a)(1)',
      certainty: 'verified',
      ruleId: 'test',
      trace: [],
    },
    facilityReason: '',
    reportingSideReason: '',
    contentHash: '',
  };
}

export function intended(name: string, executedNs: bigint, lineage = name): ReportIntended {
  return {
    meta: meta(`intent-${name}`, lineage, { executedNs, intendedNs: executedNs + 4_000n }),
    reportId: `N-${name}`,
    executionId: name,
    revision: 0,
    action: 'NEW',
    facility: 'ADF',
    sessionId: 'TAPE->FNRA/ADF',
    msgSeqNum: 7n,
    attempt: 1,
    dueAtNs: executedNs + 10n * SECOND,
    message: new Uint8Array(),
    refReportId: null,
  };
}

export function accepted(
  name: string,
  executedNs: bigint,
  acceptedNs: bigint,
  lineage = name,
): ReportAccepted {
  return {
    meta: meta(`accepted-${name}`, lineage, {
      executedNs,
      sentNs: executedNs + 5_000n,
      answeredNs: acceptedNs,
    }),
    reportId: `N-${name}`,
    executionId: name,
    revision: 0,
    action: 'NEW',
    facility: 'ADF',
    sessionId: 'TAPE->FNRA/ADF',
    acceptedNs,
    dueAtNs: executedNs + 10n * SECOND,
    executedNs,
    late: acceptedNs > executedNs + 10n * SECOND,
    controlDate: '20261124',
    controlNumber: '2000000001',
    refControlNumber: null,
    modifiers: [],
    resolvedBy: 'ANSWER',
    message: new Uint8Array(),
  };
}
