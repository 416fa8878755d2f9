// Trades as enrichment tells them, with real ids, so that outcomes find their reports again.
import { executionId, lineageId, reportId } from '@tapeclock/domain';
import { NO_STAMPS, type ReportAction, type TradeReportable } from '@tapeclock/schemas';

/** Tuesday, 24 November 2026, 10:00 in New York. */
export const T0 = 1_795_532_400_000_000_000n;
export const SECOND = 1_000_000_000n;
export const MS = 1_000_000n;

export interface TradeOptions {
  readonly action?: ReportAction;
  readonly revision?: number;
  /** Name of the first execution of the chain. */
  readonly root?: string;
  readonly refReportId?: string | null;
  readonly executedNs?: bigint;
  readonly dueAtNs?: bigint;
  readonly opensAtNs?: bigint;
  readonly content?: string;
}

export function reportIdFor(name: string, action: ReportAction = 'NEW', revision = 0): string {
  return reportId(executionId('OMS', name, revision), action);
}

export function trade(name: string, options: TradeOptions = {}): TradeReportable {
  const { action = 'NEW', revision = 0, root = name, executedNs = T0 } = options;
  const execution = executionId('OMS', name, revision);
  const dueAtNs = options.dueAtNs ?? executedNs + 10n * SECOND;
  return {
    meta: {
      eventId: `trade-${name}-${action}-${revision}`,
      lineageId: lineageId('OMS', root),
      schemaVersion: 1,
      recordedNs: executedNs,
      producer: 'enrichment',
      traceparent: null,
      stamps: {
        ...NO_STAMPS,
        executedNs,
        receivedNs: executedNs,
        loggedNs: executedNs,
        enrichedNs: executedNs,
      },
    },
    executionId: execution,
    revision,
    action,
    source: 'OMS',
    sourceExecutionId: name,
    reportId: reportId(execution, action),
    refReportId: options.refReportId ?? null,
    facility: 'ADF',
    execution: {
      symbol: 'IBM',
      symbolClass: 'NMS',
      side: 'SELL',
      quantityE6: 100_500_000n,
      priceE8: 10_125_000_000n,
      executedNs,
      mpid: 'TAPE',
      contraMpid: 'WXYZ',
      capacity: 'PRINCIPAL',
      contraCapacity: null,
      shortSale: 'SHORT',
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
      branchSequence: 'NYC1',
      memo: null,
    },
    decision: {
      rulebookVersion: 'test',
      reportable: true,
      opensAtNs: options.opensAtNs ?? executedNs,
      dueAtNs,
      asOf: false,
      tradeDate: '20261124',
      modifiers: [{ field: 1, code: '@' }],
      lateModifiers: [
        { field: 1, code: '@' },
        { field: 3, code: 'Z' },
      ],
      clause: '6282(a)(1)',
      certainty: 'verified',
      ruleId: 'TEST',
      trace: [],
    },
    facilityReason: '',
    reportingSideReason: '',
    contentHash: options.content ?? `hash-${name}-${action}-${revision}`,
  };
}
