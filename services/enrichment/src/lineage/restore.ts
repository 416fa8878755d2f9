import { executionId } from '@tapeclock/domain';
import type {
  AnyEvent,
  ExecutionReceived,
  RepairClosed,
  RepairOpened,
  TradeReportable,
} from '@tapeclock/schemas';
import { LINEAGE_FINDINGS } from '../validation/lineage-rules.ts';
import {
  type Entry,
  entryOf,
  type Lineage,
  type RepairKind,
  repairOf,
  type ToldReport,
  troubleOf,
} from './lineage.ts';
import type { LineageStore } from './lineage-store.ts';

/**
 * Takes one past event into the store. `step` uses the same functions for what it has just made, so that a state
 * rebuilt from the log and a state that lived through it are one.
 */
export function restoreEvent(store: LineageStore, past: AnyEvent): void {
  switch (past.type) {
    case 'ExecutionReceived':
      noteReceived(store.touch(past.event.meta.lineageId, past.event.meta.recordedNs), past.event);
      break;
    case 'TradeReportable':
      noteReportable(store.touch(past.event.meta.lineageId, past.event.meta.recordedNs), past.event);
      break;
    case 'RepairOpened':
      if (past.event.stage === 'enrichment') {
        noteRepairOpened(store.touch(past.event.meta.lineageId, past.event.meta.recordedNs), past.event);
      }
      break;
    case 'RepairClosed':
      noteRepairClosed(store.touch(past.event.meta.lineageId, past.event.meta.recordedNs), past.event);
      break;
    default:
      break;
  }
}

/**
 * The first content under an id stands until a report or another repair item says otherwise. A standby may read the
 * outputs before it; the entry ends the same.
 */
function noteReceived(lineage: Lineage, event: ExecutionReceived): void {
  const known = entryOf(lineage, event.sourceExecutionId);
  if (known !== null) {
    if (known.isProvisional && known.hash === '') known.hash = event.contentHash;
    settleAction(known, event);
    return;
  }
  lineage.entries.push({
    sourceExecutionId: event.sourceExecutionId,
    action: event.action,
    hash: event.contentHash,
    revision: 0,
    // The outputs, restored next, say whether it was told on.
    status: 'UNTOLD',
    isProvisional: false,
  });
}

/** The first input read under an id says what it was: a correction may have been told as a cancel and a new one. */
export function settleAction(entry: Entry, event: ExecutionReceived): void {
  if (!entry.isProvisional) return;
  entry.action = event.action;
  entry.isProvisional = false;
}

export function noteReportable(lineage: Lineage, event: TradeReportable): void {
  const { sourceExecutionId, revision } = event;
  const known = entryOf(lineage, sourceExecutionId);
  if (known === null) {
    lineage.entries.push({
      sourceExecutionId,
      action: event.action === 'NEW' ? 'NEW' : event.action === 'CORRECT' ? 'CORRECT' : 'CANCEL',
      hash: revision === 0 ? event.contentHash : '',
      revision,
      status: 'TOLD',
      isProvisional: true,
    });
  } else {
    known.status = 'TOLD';
    if (revision > known.revision) known.revision = revision;
    if (revision === 0) known.hash = event.contentHash;
  }
  if (revision > 0) troubleOf(lineage).deskOutputs.add(event.meta.eventId);
  lineage.told = toldAfter(lineage.told, event);
}

function toldAfter(last: ToldReport | null, event: TradeReportable): ToldReport {
  if (event.action === 'CANCEL' || event.action === 'REVERSAL') {
    return { ...(last ?? reportOf(event, null)), cancelledBy: event.sourceExecutionId };
  }
  if (event.action === 'NEW') return reportOf(event, null);
  // The reference tells a correction of the last report from one sent again in place of a refused correction.
  const before = last?.reportId === event.refReportId ? last : (last?.before ?? null);
  return reportOf(event, before === null ? null : { ...before, before: null });
}

function reportOf(event: TradeReportable, before: ToldReport | null): ToldReport {
  return {
    sourceExecutionId: event.sourceExecutionId,
    reportId: event.reportId,
    facility: event.facility,
    execution: event.execution,
    tradeDate: event.decision.tradeDate,
    sentAs: event.action,
    before,
    cancelledBy: null,
  };
}

export function noteRepairOpened(lineage: Lineage, event: RepairOpened): void {
  const { sourceExecutionId } = event;
  const trouble = troubleOf(lineage);
  if (repairOf(lineage, event.repairId) === null) {
    trouble.repairs.push({
      repairId: event.repairId,
      sourceExecutionId,
      action: event.action,
      refSourceExecutionId: event.refSourceExecutionId,
      kind: kindOf(event),
      open: !trouble.closed.has(event.repairId),
    });
  }
  if (event.channel === 'DESK') trouble.deskOutputs.add(event.meta.eventId);
  const entry = entryOf(lineage, sourceExecutionId);
  if (entry !== null) {
    entry.revision = revisionOf(event, entry.revision);
  } else if (kindOf(event) !== 'DUPLICATE') {
    const revision = revisionOf(event, 0);
    lineage.entries.push({
      sourceExecutionId,
      action: event.action,
      hash: '',
      revision,
      status: 'UNTOLD',
      isProvisional: true,
    });
  }
}

/** The event carries its kind: a duplicate by its first issue, a resend by the report that it was to replace. */
function kindOf(event: RepairOpened): RepairKind {
  if (event.issues[0]?.code === LINEAGE_FINDINGS.duplicateOtherContent.code) return 'DUPLICATE';
  return event.reportId === null ? 'CONTENT' : 'RESEND';
}

/** The event names its execution, not its revision: count up until the name fits. Past this many, a fault is likelier. */
const REVISIONS_MAX = 256;

function revisionOf(event: RepairOpened, atLeast: number): number {
  if (event.executionId === null || event.channel !== 'DESK') return atLeast;
  for (let revision = atLeast; revision < atLeast + REVISIONS_MAX; revision += 1) {
    if (executionId(event.source, event.sourceExecutionId, revision) === event.executionId) return revision;
  }
  return atLeast;
}

export function noteRepairClosed(lineage: Lineage, event: RepairClosed): void {
  troubleOf(lineage).closed.add(event.repairId);
  const item = repairOf(lineage, event.repairId);
  if (item === null) return;
  item.open = false;
  if (event.resolution !== 'DISCARDED' || item.kind === 'DUPLICATE') return;
  const entry = entryOf(lineage, item.sourceExecutionId);
  if (entry?.status === 'UNTOLD') entry.status = 'DISCARDED';
}
