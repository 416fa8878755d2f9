/** Takes events into the state. The same for past events and new ones: what follows from them is worked out elsewhere. */
import type { Ns } from '@tapeclock/domain';
import { type FirmRoeId, parseCatBaseName, parseFirmRoeId, parseLossless } from '@tapeclock/domain/cat';
import type { AnyEvent, CatFeedbackReceived, CatFileIntended, DeskActed } from '@tapeclock/schemas';
import { type CatState, type CatTrade, tradeOf } from './cat-state.ts';
import { bodyOf } from './owed.ts';

/** Lineages that the event may have changed. */
export function takeEvent(state: CatState, input: AnyEvent): readonly string[] {
  const { lineageId, recordedNs } = input.event.meta;
  switch (input.type) {
    case 'TradeReportable': {
      const trade = tradeOf(state, lineageId, recordedNs);
      if (input.event.action === 'CANCEL') {
        trade.cancelledNs ??= input.event.meta.stamps.receivedNs ?? recordedNs;
      } else {
        trade.versions.set(input.event.executionId, input.event);
      }
      return [lineageId];
    }
    case 'ReportAccepted': {
      if (input.event.action === 'CANCEL' || input.event.action === 'REVERSAL') return [];
      const { executionId, reportId } = input.event;
      tradeOf(state, lineageId, recordedNs).accepted = { executionId, reportId };
      return [lineageId];
    }
    case 'ReportRejected': {
      if (input.event.action !== 'NEW') return [];
      const { executionId, reportId } = input.event;
      tradeOf(state, lineageId, recordedNs).rejected = { executionId, reportId };
      return [lineageId];
    }
    case 'CatFileIntended':
      return takeIntent(state, input.event);
    case 'CatFileSubmitted': {
      const file = state.files.get(baseOf(input.event.fileName));
      if (file !== undefined) file.submitted = true;
      state.unsubmitted.delete(baseOf(input.event.fileName));
      return [];
    }
    case 'CatFeedbackReceived':
      return takeFeedback(state, input.event);
    case 'DeskActed':
      return takeDeskAct(state, input.event);
    case 'RepairOpened':
      if (input.event.stage === 'cat') {
        const { repairs } = tradeOf(state, lineageId, recordedNs);
        if (!repairs.has(input.event.repairId)) repairs.set(input.event.repairId, { open: true });
      }
      return [];
    case 'RepairClosed': {
      const trade = state.trades.get(lineageId);
      if (trade?.repairs.has(input.event.repairId) === true)
        trade.repairs.set(input.event.repairId, { open: false });
      return [];
    }
    default:
      return [];
  }
}

export function baseOf(fileName: string): string {
  return fileName.replace(/\.json\.bz2$/, '');
}

function takeIntent(state: CatState, event: CatFileIntended): readonly string[] {
  const base = baseOf(event.fileName);
  const lineageIds = new Set<string>();
  const lines = new TextDecoder().decode(event.content).split('\n');
  for (const line of lines) {
    const record = line === '' ? null : parseLossless(line);
    const firmRoeId = record?.firmROEID;
    if (typeof firmRoeId !== 'string') continue;
    const subject = parseFirmRoeId(firmRoeId)?.subject;
    if (subject === undefined) continue;
    lineageIds.add(subject);
    // A delete is told together with the record that takes its place.
    if (record?.actionType === 'DEL') continue;
    const trade = tradeOf(state, subject, event.meta.recordedNs);
    trade.filed = {
      firmRoeId: firmRoeId as FirmRoeId,
      body: bodyOf(line),
      base,
      intendedNs: event.meta.recordedNs,
    };
  }
  state.files.set(base, {
    base,
    fileName: event.fileName,
    dueAtNs: event.dueAtNs,
    intendedNs: event.meta.recordedNs,
    recordCount: event.recordCount,
    lineageIds: [...lineageIds],
    submitted: false,
    alerted: false,
    ingestion: 'OPEN',
    errors: new Map(),
  });
  state.unsubmitted.add(base);
  const id = parseCatBaseName(base);
  if (id !== null) {
    const counter = `${id.reporterImid}/${id.date}`;
    if (id.number > (state.fileNumbers.get(counter) ?? 0)) state.fileNumbers.set(counter, id.number);
  }
  return [...lineageIds];
}

function takeFeedback(state: CatState, event: CatFeedbackReceived): readonly string[] {
  if (event.stage === 'LINKAGE') return takeLinkage(state, event);
  const file = state.files.get(baseOf(event.fileName));
  if (file === undefined) return [];
  if (event.status === 'Failure') {
    file.ingestion = 'FAILED';
    for (const lineageId of file.lineageIds) state.trades.get(lineageId)?.failedFiles.add(file.base);
  } else if (event.stage === 'INGESTION') {
    file.ingestion = 'DONE';
    for (const { firmRoeId, errorRoeId } of event.errors) {
      if (firmRoeId !== null) file.errors.set(firmRoeId, errorRoeId);
    }
  } else {
    return [];
  }
  return file.lineageIds;
}

/** Only what we can repair ourselves changes what we owe; the others are shown all the same. */
function takeLinkage(state: CatState, event: CatFeedbackReceived): readonly string[] {
  const changed: string[] = [];
  for (const { firmRoeId, errorRoeId } of event.errors) {
    const trade = tradeByFirmRoeId(state, firmRoeId);
    if (trade === null || errorRoeId === null) continue;
    trade.linkageError = { errorRoeId, atNs: event.meta.recordedNs };
    changed.push(trade.lineageId);
  }
  return changed;
}

export function tradeByFirmRoeId(state: CatState, firmRoeId: string | null): CatTrade | null {
  const subject = firmRoeId === null ? undefined : parseFirmRoeId(firmRoeId)?.subject;
  return subject === undefined ? null : (state.trades.get(subject) ?? null);
}

function takeDeskAct(state: CatState, event: DeskActed): readonly string[] {
  if (event.repairStage !== 'cat') return [];
  const trade = state.trades.get(event.meta.lineageId);
  if (trade === undefined) return [];
  trade.repairs.set(event.subject, { open: false });
  const atNs: Ns = event.meta.recordedNs;
  if (event.verb === 'RESUBMIT' && atNs > (trade.resubmitted?.atNs ?? 0n)) {
    trade.resubmitted = { fields: event.fields ?? trade.resubmitted?.fields ?? null, atNs };
    return [trade.lineageId];
  }
  return [];
}
