import { contentHash } from '@tapeclock/domain';
import type { EventTypes } from '@tapeclock/schemas';
import type { ForecastRecord } from '../tables.ts';
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

export function foldForecast(batch: BatchRows, event: EventTypes['BacklogForecast']): void {
  const before = batch.get('forecasts', event.facility);
  if (before !== null && before.at_ns > event.meta.recordedNs) return;
  // Each partition tells its own; of two told in the same instant the same one must win in whatever order they come.
  if (before?.at_ns === event.meta.recordedNs && weightOf(before) > weightOf(rowOf(event))) return;
  batch.put('forecasts', event.facility, rowOf(event));
}

function rowOf(event: EventTypes['BacklogForecast']): ForecastRecord {
  return {
    facility: event.facility,
    open: BigInt(event.open),
    service_rate_e3: event.serviceRateE3,
    breach_in_ns: event.breachInNs,
    nearest_due_ns: event.nearestDueNs,
    at_ns: event.meta.recordedNs,
  };
}

/** The larger backlog first, then whatever tells two rows apart, as text of fixed width. */
function weightOf({ open, service_rate_e3, nearest_due_ns, breach_in_ns }: ForecastRecord): string {
  return [open, service_rate_e3, nearest_due_ns ?? 0n, breach_in_ns ?? 0n]
    .map((part) => part.toString().padStart(20, '0'))
    .join();
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
