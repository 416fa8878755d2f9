import type { AnyEvent, EventMeta, RepairOpened, StageStamps, TradeReportable } from '@tapeclock/schemas';
import type { Obligation, Stage } from './obligation.ts';
import type { OpenBook } from './open-book.ts';

/**
 * Takes one event into the book; the same for live events and for rebuilding. Returns the obligation that an
 * acceptance has just met, or null. Outcomes may be read before their trade (they come on another topic): they settle
 * the execution all the same, and the trade then opens nothing.
 */
export function follow(book: OpenBook, event: AnyEvent): Obligation | null {
  switch (event.type) {
    case 'TradeReportable':
      openForTrade(book, event.event);
      return null;
    case 'RepairOpened':
      followRepair(book, event.event);
      return null;
    case 'RepairClosed': {
      const repaired = book.repairs.get(event.event.repairId);
      book.repairs.delete(event.event.repairId);
      // What takes its place is a revision of its own, with its own obligation.
      if (repaired !== undefined) book.settle(repaired);
      return null;
    }
    case 'ReportIntended':
      move(book, event.event.executionId, event.event.meta, 'FACILITY', event.event.sessionId);
      return null;
    case 'ReportInDoubt':
      move(
        book,
        event.event.executionId,
        event.event.meta,
        'IN_DOUBT',
        `${event.event.sessionId}: ${event.event.cause}`,
      );
      return null;
    case 'ReportHeld':
      move(book, event.event.executionId, event.event.meta, 'HELD', event.event.cause);
      return null;
    case 'ReportRejected':
      move(
        book,
        event.event.executionId,
        event.event.meta,
        'REPAIR',
        `${event.event.code} ${event.event.text}`,
      );
      return null;
    case 'ReportAccepted':
      return book.settle(event.event.executionId);
    case 'ObligationWarned':
      markWarned(book, event.event.executionId, event.event.percentUsed);
      return null;
    case 'ObligationBreached':
      markBreached(book, event.event.executionId);
      return null;
    default:
      return null;
  }
}

function openForTrade(book: OpenBook, trade: TradeReportable): void {
  if (!trade.decision.reportable || trade.reportId === null || trade.facility === null) return;
  const { opensAtNs, dueAtNs } = trade.decision;
  const executedNs = trade.execution.executedNs;
  book.add({
    executionId: trade.executionId,
    lineageId: trade.meta.lineageId,
    revision: trade.revision,
    reportId: trade.reportId,
    facility: trade.facility,
    startNs: opensAtNs > executedNs ? opensAtNs : executedNs,
    dueAtNs,
    traceparent: trade.meta.traceparent,
    stamps: trade.meta.stamps,
    stage: 'REPORTER',
    holder: 'facility-reporter',
    nextWarning: 0,
    breached: false,
    timer: null,
  });
}

/** What failed validation is an open duty too, where its deadline can be told: the clock runs while a person repairs it. */
function followRepair(book: OpenBook, repair: RepairOpened): void {
  const { executionId, dueAtNs } = repair;
  if (executionId === null || repair.stage === 'cat') return;
  book.repairs.set(repair.repairId, executionId);
  if (book.open.has(executionId)) {
    move(book, executionId, repair.meta, 'REPAIR', repair.issues[0]?.code ?? repair.stage);
    return;
  }
  const startNs = repair.meta.stamps.executedNs ?? repair.meta.stamps.receivedNs;
  if (dueAtNs === null || startNs === null) return;
  book.add({
    executionId,
    lineageId: repair.meta.lineageId,
    revision: 0,
    reportId: repair.reportId ?? '',
    facility: repair.facility ?? '',
    startNs: startNs < dueAtNs ? startNs : dueAtNs,
    dueAtNs,
    traceparent: repair.meta.traceparent,
    stamps: repair.meta.stamps,
    stage: 'REPAIR',
    holder: repair.issues[0]?.code ?? repair.stage,
    nextWarning: 0,
    breached: false,
    timer: null,
  });
}

function move(book: OpenBook, executionId: string, meta: EventMeta, stage: Stage, holder: string): void {
  const obligation = book.open.get(executionId);
  if (obligation === undefined) return;
  obligation.stage = stage;
  obligation.holder = holder;
  obligation.stamps = mergeStamps(obligation.stamps, meta.stamps);
}

/** Later events know more stages; none of them forgets what was known. */
export function mergeStamps(known: StageStamps, later: StageStamps): StageStamps {
  return {
    executedNs: later.executedNs ?? known.executedNs,
    receivedNs: later.receivedNs ?? known.receivedNs,
    loggedNs: later.loggedNs ?? known.loggedNs,
    enrichedNs: later.enrichedNs ?? known.enrichedNs,
    intendedNs: later.intendedNs ?? known.intendedNs,
    sentNs: later.sentNs ?? known.sentNs,
    answeredNs: later.answeredNs ?? known.answeredNs,
    facilityNs: later.facilityNs ?? known.facilityNs,
    clockOffsetNs: later.clockOffsetNs ?? known.clockOffsetNs,
  };
}

function markWarned(book: OpenBook, executionId: string, percentUsed: number): void {
  const obligation = book.open.get(executionId);
  if (obligation === undefined) return;
  book.skipWarnings(obligation, percentUsed);
}

function markBreached(book: OpenBook, executionId: string): void {
  const obligation = book.open.get(executionId);
  if (obligation === undefined) return;
  obligation.breached = true;
  book.arm(obligation);
}
