import { eventId, executionId, lineageId, reportId } from '@tapeclock/domain';
import { nsFromCatTimestamp, WEEKDAY_CALENDAR } from '@tapeclock/domain/cat';
import {
  type DeskActed,
  type EventMeta,
  type ExecutionFields,
  NO_STAMPS,
  type ReportAccepted,
  type ReportableExecution,
  type ReportRejected,
  type TradeReportable,
} from '@tapeclock/schemas';
import { CAT_REPORTER_DEFAULTS, type CatReporterConfig } from '../src/index.ts';

/** An Eastern instant, `20261124T100000.000`. */
export const at = (text: string): bigint => nsFromCatTimestamp(text, false)!;

export const EXECUTED = at('20261124T100000.123');
export const LINEAGE = lineageId('OMS', '1');

export const config: CatReporterConfig = {
  ...CAT_REPORTER_DEFAULTS,
  submitterId: '12345',
  imids: { TCLK: 'TCLX' },
  uploadFolder: '/upload',
  feedbackFolder: '/feedback',
  calendar: WEEKDAY_CALENDAR,
  sftp: null,
};

export function meta(type: string, lineage: string, recordedNs: bigint, cause = ''): EventMeta {
  return {
    eventId: eventId(type, lineage, cause, String(recordedNs)),
    lineageId: lineage,
    schemaVersion: 1,
    recordedNs,
    producer: 'test',
    traceparent: null,
    stamps: NO_STAMPS,
  };
}

export const execution: ReportableExecution = {
  symbol: 'ZZQQF',
  symbolClass: 'OTC_EQUITY',
  side: 'SELL',
  quantityE6: 1_000_000_000n,
  priceE8: 215_000_000n,
  executedNs: EXECUTED,
  mpid: 'TCLK',
  contraMpid: 'WXYZ',
  capacity: 'PRINCIPAL',
  contraCapacity: null,
  shortSale: 'NONE',
  reportType: 'TAPE',
  tradeType: 'REGULAR',
  referenceNs: null,
  settlement: 'REGULAR',
  tradeThrough: null,
  account: 'MM-INV-07',
  accountHolderType: 'O',
  orderId: null,
  orderKeyNs: null,
  contraOrderId: null,
  clearingFirm: null,
  branchSequence: null,
  memo: null,
};

export interface TradeChange {
  /** Source's id of the first message of the lineage. */
  readonly root?: string;
  readonly sourceExecutionId?: string;
  readonly revision?: number;
  readonly action?: 'NEW' | 'CORRECT' | 'CANCEL';
  readonly atNs?: bigint;
  readonly execution?: Partial<ReportableExecution>;
}

export function reportable(change: TradeChange = {}): TradeReportable {
  const { root = '1', revision = 0, action = 'NEW', atNs = EXECUTED + 1_000_000n } = change;
  const sourceExecutionId = change.sourceExecutionId ?? root;
  const id = executionId('OMS', sourceExecutionId, revision);
  return {
    meta: meta('TradeReportable', lineageId('OMS', root), atNs, id),
    executionId: id,
    revision,
    action,
    source: 'OMS',
    sourceExecutionId,
    reportId: reportId(id, action),
    refReportId: null,
    facility: 'ORF',
    execution: { ...execution, ...change.execution },
    decision: {
      rulebookVersion: 'test',
      reportable: true,
      opensAtNs: 0n,
      dueAtNs: EXECUTED + 10_000_000_000n,
      asOf: false,
      tradeDate: '20261124',
      modifiers: [],
      lateModifiers: [],
      clause: '',
      certainty: 'verified',
      ruleId: '',
      trace: [],
    },
    facilityReason: '',
    reportingSideReason: '',
    contentHash: '',
  };
}

export function accepted(trade: TradeReportable): ReportAccepted {
  return {
    meta: meta('ReportAccepted', trade.meta.lineageId, trade.meta.recordedNs + 1n, trade.executionId),
    reportId: trade.reportId!,
    executionId: trade.executionId,
    revision: trade.revision,
    action: trade.action,
    facility: 'ORF',
    sessionId: 'S',
    acceptedNs: trade.meta.recordedNs,
    dueAtNs: 0n,
    executedNs: trade.execution.executedNs,
    late: false,
    controlDate: '20261124',
    controlNumber: '2000000001',
    refControlNumber: null,
    modifiers: [],
    resolvedBy: 'ANSWER',
    message: new Uint8Array(),
  };
}

export function rejected(trade: TradeReportable): ReportRejected {
  return {
    meta: meta('ReportRejected', trade.meta.lineageId, trade.meta.recordedNs + 1n, trade.executionId),
    reportId: trade.reportId!,
    executionId: trade.executionId,
    revision: trade.revision,
    action: trade.action,
    facility: 'ORF',
    sessionId: 'S',
    code: '021',
    text: '',
    retryClass: 'FIX_DATA',
    dueAtNs: 0n,
    message: new Uint8Array(),
  };
}

export function desk(
  verb: 'RESUBMIT' | 'DISCARD',
  subject: string,
  atNs: bigint,
  fields: ExecutionFields | null,
  lineage: string = LINEAGE,
): DeskActed {
  return {
    meta: meta('DeskActed', lineage, atNs, subject),
    actionId: `A-${subject}`,
    actor: 'officer',
    role: 'officer',
    verb,
    subject,
    fields,
    reason: null,
    source: null,
    sourceExecutionId: null,
    outcome: null,
    controlDate: null,
    controlNumber: null,
    repairStage: 'cat',
    executionAction: 'NEW',
    refSourceExecutionId: null,
  };
}
