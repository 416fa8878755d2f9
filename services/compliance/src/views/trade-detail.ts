import { type Ns, rfc3339FromNs } from '@tapeclock/domain';
import { type AnyEvent, type EventCodec, NO_STAMPS, type StageStamps } from '@tapeclock/schemas';
import type {
  DecisionView,
  LifecycleEvent,
  RawMessage,
  ReportView,
  StageTime,
  TradeDetail,
} from '../api/contract.ts';
import type { ReadModelQueries } from '../read-model/queries/read-model-queries.ts';
import type { EventRecord } from '../read-model/tables.ts';
import { describeEvent } from './describe-event.ts';
import { storedAttribution, tradeRow } from './rows.ts';
import { epochMs, instant, rawBytes, spanMs } from './values.ts';

export interface LoggedEvent {
  readonly input: AnyEvent;
  readonly record: EventRecord;
}

/** The whole story of one execution, told from the events of its lineage alone. Null: not known. */
export async function tradeDetail(
  queries: ReadModelQueries,
  codec: EventCodec,
  executionId: string,
  nowNs: Ns,
): Promise<TradeDetail | null> {
  const trade = await queries.trade(executionId);
  if (trade === null) return null;
  const [lineage, records, repairs, cat] = await Promise.all([
    queries.lineage(trade.lineage_id),
    queries.events(trade.lineage_id),
    queries.repairsOfLineage(trade.lineage_id),
    queries.catFilesOf(executionId),
  ]);
  const events = records.flatMap((record): LoggedEvent[] => {
    try {
      return [{ input: codec.decode(record.value), record }];
    } catch {
      // Written under a schema that this process has not met since it started: the line is missing, the trade is not.
      return [];
    }
  });
  const own = events.filter(({ input }) => executionIdOf(input) === executionId);
  const met = own.find(({ input }) => input.type === 'ObligationMet')?.input;
  const stamps = mergedStamps(own);
  return {
    trade: tradeRow(trade),
    lineage: lineage.map(tradeRow),
    decision: decisionOf(own),
    reports: reportsOf(own),
    lifecycle: events.map(lifecycleEvent),
    rawMessages: events.flatMap(rawMessages),
    stages: stageTimes(stamps),
    clockOffsetMs: stamps.clockOffsetNs === null ? null : spanMs(stamps.clockOffsetNs),
    attribution:
      met?.type === 'ObligationMet'
        ? met.event.attribution.map(({ stage, durationNs }) => ({ stage, durationMs: spanMs(durationNs) }))
        : storedAttribution(trade.attribution),
    worstStage: trade.worst_stage,
    issues: own.flatMap(({ input }) => (input.type === 'RepairOpened' ? [...input.event.issues] : [])),
    repairIds: repairs
      .filter((repair) => repair.execution_id === executionId)
      .map((repair) => repair.repair_id),
    cat: cat.map(({ file, feedback }) => ({
      fileName: file.file_name,
      tradeDate: file.trade_date,
      status: feedback.at(-1)?.status ?? (file.submitted_ns === null ? 'INTENDED' : 'SUBMITTED'),
    })),
    serverNowMs: epochMs(nowNs) ?? 0,
  };
}

export function executionIdOf(input: AnyEvent): string | null {
  return 'executionId' in input.event ? input.event.executionId : null;
}

function lifecycleEvent({ input, record }: LoggedEvent): LifecycleEvent {
  const { event } = input;
  return {
    eventId: event.meta.eventId,
    type: input.type,
    executionId: executionIdOf(input),
    reportId: 'reportId' in event ? event.reportId : null,
    at: rfc3339FromNs(event.meta.recordedNs),
    atMs: epochMs(event.meta.recordedNs) ?? 0,
    producer: event.meta.producer,
    summary: describeEvent(input),
    actor: 'actor' in event ? event.actor : null,
    topic: record.topic,
    partition: Number(record.partition),
    offset: String(record.offset),
  };
}

function rawMessages({ input }: LoggedEvent): RawMessage[] {
  const base = {
    eventId: input.event.meta.eventId,
    at: instant(input.event.meta.recordedNs) ?? '',
  };
  switch (input.type) {
    case 'ExecutionReceived':
      return [
        {
          ...base,
          direction: 'IN',
          what: 'original',
          reportId: null,
          raw: rawBytes(input.event.originalFormat, input.event.original),
        },
      ];
    case 'ReportIntended':
      return [
        {
          ...base,
          direction: 'OUT',
          what: input.event.attempt > 1 ? `report, attempt ${input.event.attempt}` : 'report',
          reportId: input.event.reportId,
          raw: rawBytes('fix', input.event.message),
        },
      ];
    case 'ReportAccepted':
    case 'ReportRejected':
      return [
        {
          ...base,
          direction: 'IN',
          what: 'answer',
          reportId: input.event.reportId,
          raw: rawBytes('fix', input.event.message),
        },
      ];
    default:
      return [];
  }
}

function decisionOf(own: readonly LoggedEvent[]): DecisionView | null {
  const input = own.findLast((event) => event.input.type === 'TradeReportable')?.input;
  if (input?.type !== 'TradeReportable') return null;
  const { decision, facilityReason, reportingSideReason } = input.event;
  return {
    rulebookVersion: decision.rulebookVersion,
    reportable: decision.reportable,
    ruleId: decision.ruleId,
    clause: decision.clause,
    certainty: decision.certainty,
    opensAt: rfc3339FromNs(decision.opensAtNs),
    dueAt: rfc3339FromNs(decision.dueAtNs),
    dueAtMs: epochMs(decision.dueAtNs) ?? 0,
    asOf: decision.asOf,
    tradeDate: decision.tradeDate,
    modifiers: [...decision.modifiers],
    lateModifiers: [...decision.lateModifiers],
    facilityReason,
    reportingSideReason,
    trace: [...decision.trace],
  };
}

function reportsOf(own: readonly LoggedEvent[]): ReportView[] {
  const reports = new Map<string, ReportView>();
  for (const { input } of own) {
    switch (input.type) {
      case 'ReportIntended':
      case 'ReportHeld':
      case 'ReportInDoubt':
      case 'ReportRejected':
      case 'ReportAccepted':
        reports.set(input.event.reportId, nextReport(reports.get(input.event.reportId), input));
    }
  }
  return [...reports.values()];
}

type ReportEvent = Extract<
  AnyEvent,
  { readonly type: 'ReportIntended' | 'ReportHeld' | 'ReportInDoubt' | 'ReportRejected' | 'ReportAccepted' }
>;

function nextReport(before: ReportView | undefined, input: ReportEvent): ReportView {
  const { event } = input;
  const report: ReportView = before ?? {
    reportId: event.reportId,
    executionId: event.executionId,
    action: event.action,
    facility: event.facility,
    state: 'HELD',
    sessionId: null,
    msgSeqNum: null,
    attempts: 0,
    dueAt: rfc3339FromNs(event.dueAtNs),
    sentAt: null,
    acceptedAt: null,
    controlDate: null,
    controlNumber: null,
    resolvedBy: null,
    code: null,
    text: null,
  };
  if (report.state === 'ACCEPTED') return report;
  switch (input.type) {
    case 'ReportIntended':
      return {
        ...report,
        state: 'SENT',
        sessionId: input.event.sessionId,
        msgSeqNum: String(input.event.msgSeqNum),
        attempts: Math.max(report.attempts, input.event.attempt),
        sentAt: report.sentAt ?? instant(input.event.meta.recordedNs),
        text: null,
      };
    case 'ReportHeld':
      return { ...report, state: 'HELD', text: input.event.cause };
    case 'ReportInDoubt':
      return { ...report, state: 'IN_DOUBT', text: `${input.event.cause}, next: ${input.event.nextStep}` };
    case 'ReportRejected':
      return { ...report, state: 'REJECTED', code: input.event.code, text: input.event.text };
    case 'ReportAccepted':
      return {
        ...report,
        state: 'ACCEPTED',
        acceptedAt: instant(input.event.acceptedNs),
        controlDate: input.event.controlDate,
        controlNumber: input.event.controlNumber,
        resolvedBy: input.event.resolvedBy,
        text: null,
      };
  }
}

const STAMP_ORDER = [
  'executed',
  'received',
  'logged',
  'enriched',
  'intended',
  'sent',
  'facility',
  'answered',
] as const;

/** Each stamp from the latest event that has it: later events know more. */
function mergedStamps(own: readonly LoggedEvent[]): StageStamps {
  const merged: { -readonly [Name in keyof StageStamps]: StageStamps[Name] } = { ...NO_STAMPS };
  for (const { input } of own) {
    for (const name of Object.keys(merged) as (keyof StageStamps)[]) {
      merged[name] = input.event.meta.stamps[name] ?? merged[name];
    }
  }
  return merged;
}

function stageTimes(stamps: StageStamps): StageTime[] {
  const times: StageTime[] = [];
  let previousNs: Ns | null = null;
  for (const stage of STAMP_ORDER) {
    const atNs: Ns | null = stamps[`${stage}Ns`];
    if (atNs === null) continue;
    times.push({
      stage,
      at: rfc3339FromNs(atNs),
      sinceExecutedMs: stamps.executedNs === null ? null : spanMs(atNs - stamps.executedNs),
      sincePreviousMs: previousNs === null ? null : spanMs(atNs - previousNs),
    });
    previousNs = atNs;
  }
  return times;
}
