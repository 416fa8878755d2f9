import { eventId, type Ns } from '@tapeclock/domain';
import type { EncodedEvent, EventCodec, EventMeta, ReportAccepted, StageStamps } from '@tapeclock/schemas';
import { attribute, worstStage } from '../obligation/attribution.ts';
import { mergeStamps } from '../obligation/follow.ts';
import type { Obligation } from '../obligation/obligation.ts';

export const PRODUCER = 'deadline-tracker';

/** Event ids name the cause, so that two trackers, or one that runs again, say each thing once. */
function metaOf(
  subject: { readonly lineageId: string; readonly traceparent: string | null; readonly stamps: StageStamps },
  id: string,
  nowNs: Ns,
): EventMeta {
  return {
    eventId: id,
    lineageId: subject.lineageId,
    schemaVersion: 1,
    recordedNs: nowNs,
    producer: PRODUCER,
    traceparent: subject.traceparent,
    stamps: subject.stamps,
  };
}

export function warned(obligation: Obligation, percent: number, nowNs: Ns, codec: EventCodec): EncodedEvent {
  return codec.record('ObligationWarned', {
    meta: metaOf(obligation, eventId('ObligationWarned', obligation.executionId, String(percent)), nowNs),
    executionId: obligation.executionId,
    revision: obligation.revision,
    reportId: obligation.reportId,
    facility: obligation.facility,
    dueAtNs: obligation.dueAtNs,
    windowNs: obligation.dueAtNs - obligation.startNs,
    percentUsed: percent,
    stage: obligation.stage,
    holder: obligation.holder,
  });
}

export function breached(obligation: Obligation, nowNs: Ns, codec: EventCodec): EncodedEvent {
  return codec.record('ObligationBreached', {
    meta: metaOf(obligation, eventId('ObligationBreached', obligation.executionId), nowNs),
    executionId: obligation.executionId,
    revision: obligation.revision,
    reportId: obligation.reportId,
    facility: obligation.facility,
    dueAtNs: obligation.dueAtNs,
    stage: obligation.stage,
    holder: obligation.holder,
  });
}

/** `obligation` is null when the acceptance was read before its trade: the report itself knows enough. */
export function met(
  accepted: ReportAccepted,
  obligation: Obligation | null,
  nowNs: Ns,
  codec: EventCodec,
): EncodedEvent {
  const stamps =
    obligation === null ? accepted.meta.stamps : mergeStamps(obligation.stamps, accepted.meta.stamps);
  const shares = attribute(stamps, accepted.acceptedNs);
  const late = accepted.acceptedNs > accepted.dueAtNs;
  return codec.record('ObligationMet', {
    meta: metaOf(
      { lineageId: accepted.meta.lineageId, traceparent: accepted.meta.traceparent, stamps },
      eventId('ObligationMet', accepted.executionId),
      nowNs,
    ),
    executionId: accepted.executionId,
    revision: accepted.revision,
    reportId: accepted.reportId,
    facility: accepted.facility,
    dueAtNs: accepted.dueAtNs,
    acceptedNs: accepted.acceptedNs,
    usedNs: accepted.acceptedNs - (obligation?.startNs ?? accepted.executedNs),
    late,
    latenessNs: late ? accepted.acceptedNs - accepted.dueAtNs : 0n,
    attribution: shares,
    worstStage: worstStage(shares),
  });
}
