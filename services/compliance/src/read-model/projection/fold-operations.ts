import { contentHash } from '@tapeclock/domain';
import type { EventTypes } from '@tapeclock/schemas';
import type { BatchRows } from './batch-rows.ts';

/** One row per alert and subject. Two trackers may tell the same; the later recording wins. */
export function foldAlert(batch: BatchRows, event: EventTypes['OperationsAlert']): void {
  const alertId = `A${contentHash(event.alert, event.subject).slice(0, 19)}`;
  const atNs = event.meta.recordedNs;
  const before = batch.get('alerts', alertId);
  if (before !== null && before.seen_ns > atNs) return;
  const raised = event.state === 'RAISED';
  if (raised !== (before?.state === 'RAISED')) batch.total('alertsRaised', null, raised ? 1n : -1n);
  batch.put('alerts', alertId, {
    alert_id: alertId,
    lineage_id: event.meta.lineageId,
    alert: event.alert,
    subject: event.subject,
    severity: event.severity,
    state: event.state,
    text: event.text,
    action: event.action,
    raised_ns: before !== null && (before.state === 'RAISED' || !raised) ? before.raised_ns : atNs,
    cleared_ns: raised ? null : atNs,
    seen_ns: atNs,
  });
}

/** Each partition of the tracker tells its own share of a facility's backlog, on a lane of its own. */
export function foldForecast(batch: BatchRows, event: EventTypes['BacklogForecast']): void {
  const { lineageId: lane, recordedNs } = event.meta;
  const before = batch.get('forecasts', lane);
  if (before !== null && before.at_ns > recordedNs) return;
  batch.put('forecasts', lane, {
    lane,
    facility: event.facility,
    open: BigInt(event.open),
    service_rate_e3: event.serviceRateE3,
    breach_in_ns: event.breachInNs,
    nearest_due_ns: event.nearestDueNs,
    at_ns: recordedNs,
  });
}

export function foldSession(batch: BatchRows, event: EventTypes['SessionStateChanged']): void {
  batch.put('sessions', event.sessionId, {
    session_id: event.sessionId,
    role: event.role,
    state: event.state,
    process: event.process,
    text: event.text,
    since_ns: event.meta.recordedNs,
  });
}
