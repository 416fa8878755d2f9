import { eventId, type Ns } from '@tapeclock/domain';
import { type EventMeta, NO_STAMPS, type OperationsAlert } from '@tapeclock/schemas';
import { reportEventId } from './book.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import type { Doubt, Hold, Report } from './report.ts';

/** Consumer group of the service and `producer` of its events. */
export const FACILITY_REPORTER = 'facility-reporter';

export function metaOf(
  type: string,
  report: Report,
  moment: Moment,
  ...causes: readonly string[]
): EventMeta {
  return {
    eventId: reportEventId(type, report, ...causes),
    lineageId: report.lineageId,
    schemaVersion: 1,
    recordedNs: moment.nowNs,
    producer: FACILITY_REPORTER,
    traceparent: report.traceparent,
    stamps: { ...report.stamps, clockOffsetNs: moment.clockOffsetNs ?? report.stamps.clockOffsetNs },
  };
}

/** Identity of a report as every outcome carries it. */
export function subjectOf(report: Report) {
  return {
    reportId: report.wireId,
    executionId: report.executionId,
    revision: report.revision,
    action: report.action,
    facility: report.facility,
    dueAtNs: report.dueAtNs,
  } as const;
}

export function intendedEvent(report: Report, message: Uint8Array, moment: Moment): Output {
  return {
    kind: 'append',
    type: 'ReportIntended',
    event: {
      meta: metaOf('ReportIntended', report, moment),
      ...subjectOf(report),
      sessionId: report.sessionId ?? '',
      msgSeqNum: report.msgSeqNum,
      attempt: report.attempt,
      message,
      refReportId: report.refReportId,
    },
  };
}

export function heldEvent(report: Report, cause: Hold, untilNs: Ns | null, moment: Moment): Output {
  return {
    kind: 'append',
    type: 'ReportHeld',
    event: {
      meta: metaOf('ReportHeld', report, moment, cause, String(untilNs ?? '')),
      ...subjectOf(report),
      cause,
      untilNs,
    },
  };
}

export function inDoubtEvent(report: Report, doubt: Doubt, moment: Moment): Output {
  return {
    kind: 'append',
    type: 'ReportInDoubt',
    event: {
      meta: metaOf('ReportInDoubt', report, moment, doubt.cause, doubt.step, String(moment.nowNs)),
      ...subjectOf(report),
      sessionId: report.sessionId ?? '',
      msgSeqNum: report.msgSeqNum,
      cause: doubt.cause,
      sinceNs: doubt.sinceNs,
      nextStep: doubt.step,
    },
  };
}

/** Something that should not happen, for on-call. `causes` make a repeat of the same fact the same event. */
export function alertEvent(
  alert: Omit<OperationsAlert, 'meta' | 'state'>,
  moment: Moment,
  ...causes: readonly string[]
): Output {
  return {
    kind: 'append',
    type: 'OperationsAlert',
    event: {
      ...alert,
      state: 'RAISED',
      meta: {
        eventId: eventId('OperationsAlert', alert.alert, alert.subject, ...causes),
        lineageId: alert.subject,
        schemaVersion: 1,
        recordedNs: moment.nowNs,
        producer: FACILITY_REPORTER,
        traceparent: null,
        stamps: NO_STAMPS,
      },
    },
  };
}
