import { eventId, type Issue, type Ns, reportId } from '@tapeclock/domain';
import type {
  Decision,
  EventMeta,
  EventTypes,
  Facility,
  RepairClosed,
  RepairOpened,
  ReportAction,
  ReportableExecution,
  StageStamps,
  TradeReportable,
} from '@tapeclock/schemas';
import type { Subject } from './subject.ts';

/** Consumer group of the service and `producer` of its events. */
export const ENRICHMENT = 'enrichment';

type OutputName = 'TradeReportable' | 'RepairOpened' | 'RepairClosed';

/** What a step makes, before it is encoded. */
export type Output = {
  readonly [Name in OutputName]: { readonly type: Name; readonly event: EventTypes[Name] };
}[OutputName];

/** What a step is told about its moment and host. */
export interface Moment {
  readonly nowNs: Ns;
  readonly clockOffsetNs: bigint | null;
}

/** Ids are functions of the cause alone: a replayed input makes the same event again, and consumers drop it. */
export const outputIds = {
  reportable: (executionId: string, action: ReportAction, contentHash: string) =>
    eventId('TradeReportable', executionId, action, contentHash),
  repairOpened: (executionId: string, contentHash: string) =>
    eventId('RepairOpened', executionId, contentHash),
  repair: (executionId: string, contentHash: string) => eventId('Repair', executionId, contentHash),
  repairClosed: (repairId: string) => eventId('RepairClosed', repairId),
} as const;

export function reportableOutput(
  subject: Subject,
  told: {
    readonly action: ReportAction;
    readonly refReportId: string | null;
    readonly facility: Facility | null;
    readonly facilityReason: string;
    readonly reportingSideReason: string;
    readonly execution: ReportableExecution;
    readonly decision: Decision;
    /** Start of this report's window: the execution, or the cancellation. */
    readonly startNs: Ns;
  },
  moment: Moment,
): { readonly type: 'TradeReportable'; readonly event: TradeReportable } {
  return {
    type: 'TradeReportable',
    event: {
      meta: metaOf(
        subject.meta,
        outputIds.reportable(subject.executionId, told.action, subject.contentHash),
        { executedNs: told.startNs, enrichedNs: moment.nowNs },
        moment,
      ),
      executionId: subject.executionId,
      revision: subject.revision,
      action: told.action,
      source: subject.source,
      sourceExecutionId: subject.sourceExecutionId,
      reportId: told.decision.reportable
        ? reportId(subject.executionId as Parameters<typeof reportId>[0], told.action)
        : null,
      refReportId: told.refReportId,
      facility: told.facility,
      execution: told.execution,
      decision: told.decision,
      facilityReason: told.facilityReason,
      reportingSideReason: told.reportingSideReason,
      contentHash: subject.contentHash,
    },
  };
}

export function repairOutput(
  subject: Subject,
  found: {
    readonly issues: readonly Issue[];
    readonly executedNs: Ns | null;
    readonly dueAtNs: Ns | null;
    readonly facility: Facility | null;
    /** Report that the facility had refused and this was to replace. */
    readonly reportId: string | null;
  },
  moment: Moment,
): { readonly type: 'RepairOpened'; readonly event: RepairOpened } {
  return {
    type: 'RepairOpened',
    event: {
      meta: metaOf(
        subject.meta,
        outputIds.repairOpened(subject.executionId, subject.contentHash),
        { executedNs: found.executedNs, enrichedNs: moment.nowNs },
        moment,
      ),
      repairId: outputIds.repair(subject.executionId, subject.contentHash),
      stage: ENRICHMENT,
      executionId: subject.executionId,
      source: subject.source,
      sourceExecutionId: subject.sourceExecutionId,
      action: subject.action,
      refSourceExecutionId: subject.refSourceExecutionId,
      channel: subject.channel,
      issues: found.issues,
      fields: subject.fields,
      originalFormat: subject.originalFormat,
      original: subject.original,
      dueAtNs: found.dueAtNs,
      facility: found.facility,
      reportId: found.reportId,
    },
  };
}

export function closedOutput(
  cause: EventMeta,
  closed: {
    readonly repairId: string;
    readonly resolution: 'RESUBMITTED' | 'DISCARDED' | 'SUPERSEDED';
    readonly actor: string | null;
    readonly reason: string | null;
    readonly executionId: string | null;
  },
  moment: Moment,
): { readonly type: 'RepairClosed'; readonly event: RepairClosed } {
  return {
    type: 'RepairClosed',
    event: { meta: metaOf(cause, outputIds.repairClosed(closed.repairId), {}, moment), ...closed },
  };
}

/** Lineage, trace context and stamps go on from the cause. */
function metaOf(cause: EventMeta, id: string, stamps: Partial<StageStamps>, moment: Moment): EventMeta {
  return {
    eventId: id,
    lineageId: cause.lineageId,
    schemaVersion: 1,
    recordedNs: moment.nowNs,
    producer: ENRICHMENT,
    traceparent: cause.traceparent,
    stamps: { ...cause.stamps, ...stamps, clockOffsetNs: moment.clockOffsetNs ?? cause.stamps.clockOffsetNs },
  };
}
