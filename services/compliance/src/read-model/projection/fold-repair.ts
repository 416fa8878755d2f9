import type { EventTypes } from '@tapeclock/schemas';
import type { BatchRows } from './batch-rows.ts';

/** Opens an item, or opens it anew with what is known now. */
export function openRepair(batch: BatchRows, event: EventTypes['RepairOpened']): void {
  const before = batch.get('repairs', event.repairId);
  if (before?.state !== 'OPEN') batch.total('repairsOpen', null, 1n);
  batch.put('repairs', event.repairId, {
    repair_id: event.repairId,
    lineage_id: event.meta.lineageId,
    execution_id: event.executionId,
    report_id: event.reportId,
    stage: event.stage,
    state: 'OPEN',
    resolution: null,
    source: event.source,
    source_execution_id: event.sourceExecutionId,
    action: event.action,
    ref_source_execution_id: event.refSourceExecutionId,
    channel: event.channel,
    symbol: event.fields.symbol,
    mpid: event.fields.mpid,
    facility: event.facility,
    issues: JSON.stringify(event.issues),
    fields: JSON.stringify(event.fields),
    original_format: event.originalFormat,
    original: event.original,
    opened_ns: event.meta.recordedNs,
    due_ns: event.dueAtNs,
    closed_ns: null,
    actor: null,
    reason: null,
  });
}

/** Returns the execution that waited for the item; null where none did (a CAT error, an unreadable message). */
export function closeRepair(batch: BatchRows, event: EventTypes['RepairClosed']): string | null {
  const repair = batch.get('repairs', event.repairId);
  if (repair === null || repair.state === 'CLOSED') return null;
  batch.total('repairsOpen', null, -1n);
  repair.state = 'CLOSED';
  repair.resolution = event.resolution;
  repair.actor = event.actor;
  repair.reason = event.reason;
  repair.closed_ns = event.meta.recordedNs;
  return repair.stage === 'cat' ? null : repair.execution_id;
}
