import type { AnyEvent, EventTypes, Modifier } from '@tapeclock/schemas';
import { derive, type TradeRecord } from './trade-record.ts';

/** Execution whose row an event changes; null where it concerns none, or only through its repair item. */
export function executionOf(input: AnyEvent): string | null {
  switch (input.type) {
    case 'ExecutionReceived':
    case 'TradeReportable':
    case 'ReportIntended':
    case 'ReportAccepted':
    case 'ReportRejected':
    case 'ReportInDoubt':
    case 'ReportHeld':
    case 'ObligationWarned':
    case 'ObligationBreached':
    case 'ObligationMet':
      return input.event.executionId;
    case 'RepairOpened':
      // A CAT error is mended beside the trade; its report stands.
      return input.event.stage === 'cat' ? null : input.event.executionId;
    default:
      return null;
  }
}

/** Takes one event into its execution's row. Touches only columns of the event's topic, then derives the rest. */
export function foldTrade(trade: TradeRecord, input: AnyEvent): void {
  const { meta } = input.event;
  const seenNs = meta.stamps.receivedNs ?? meta.recordedNs;
  if (seenNs < trade.order_ns) trade.order_ns = seenNs;
  switch (input.type) {
    case 'ExecutionReceived':
      received(trade, input.event);
      break;
    case 'TradeReportable':
      decided(trade, input.event);
      break;
    case 'ReportIntended':
      outcome(trade, 'SENT', input.event);
      trade.outcome_since_ns = meta.recordedNs;
      break;
    case 'ReportHeld':
      outcome(trade, 'HELD', input.event);
      trade.outcome_since_ns = meta.recordedNs;
      trade.outcome_until_ns = input.event.untilNs;
      trade.outcome_text = input.event.cause;
      break;
    case 'ReportInDoubt':
      outcome(trade, 'IN_DOUBT', input.event);
      trade.outcome_since_ns = input.event.sinceNs;
      trade.outcome_text = input.event.cause;
      trade.next_step = input.event.nextStep;
      break;
    case 'ReportRejected':
      outcome(trade, 'REJECTED', input.event);
      trade.outcome_since_ns = meta.recordedNs;
      trade.outcome_text = `${input.event.code} ${input.event.text}`.trim();
      break;
    case 'ReportAccepted':
      accepted(trade, input.event);
      break;
    case 'RepairOpened':
      identify(trade, 0n, input.event);
      trade.repair_id = input.event.repairId;
      trade.repair_state = 'OPEN';
      trade.repair_due_ns = input.event.dueAtNs;
      trade.repair_facility = input.event.facility;
      trade.repair_text = input.event.issues[0]?.message ?? null;
      break;
    case 'ObligationWarned':
      trade.warned_percent = BigInt(input.event.percentUsed);
      trade.stage = input.event.stage;
      trade.holder = input.event.holder;
      trade.window_ns = input.event.windowNs;
      break;
    case 'ObligationBreached':
      trade.breached = 1n;
      trade.stage = input.event.stage;
      trade.holder = input.event.holder;
      break;
    case 'ObligationMet':
      met(trade, input.event);
      break;
  }
  derive(trade);
}

/** A repair item of this execution was settled. An item that has been replaced by a newer one changes nothing. */
export function foldRepairClosed(trade: TradeRecord, event: EventTypes['RepairClosed']): void {
  if (trade.repair_id !== event.repairId) return;
  trade.repair_state =
    event.resolution === 'DISCARDED' || event.resolution === 'RESUBMITTED' ? event.resolution : 'SUPERSEDED';
  derive(trade);
}

/** Several topics tell source and revision; they tell the same, but a repair item does not know the revision. */
function identify(
  trade: TradeRecord,
  revision: bigint,
  event: { readonly source: string; readonly sourceExecutionId: string },
): void {
  if (revision > trade.revision) trade.revision = revision;
  trade.source = event.source;
  trade.source_execution_id = event.sourceExecutionId;
}

function received(trade: TradeRecord, event: EventTypes['ExecutionReceived']): void {
  identify(trade, BigInt(event.revision), event);
  trade.received_ns = event.meta.stamps.receivedNs ?? event.meta.recordedNs;
  trade.received_action = event.action;
  trade.channel = event.channel;
  trade.told_symbol = event.fields.symbol;
  trade.told_side = event.fields.side;
  trade.told_quantity = event.fields.quantity;
  trade.told_price = event.fields.price;
  trade.told_mpid = event.fields.mpid;
  trade.told_contra_mpid = event.fields.contraMpid;
  trade.told_executed_at = event.fields.executedAt;
}

function decided(trade: TradeRecord, event: EventTypes['TradeReportable']): void {
  identify(trade, BigInt(event.revision), event);
  const { execution, decision } = event;
  trade.decided = 1n;
  trade.reportable = decision.reportable ? 1n : 0n;
  trade.decided_action = event.action;
  trade.side = execution.side;
  trade.quantity_e6 = execution.quantityE6;
  trade.price_e8 = execution.priceE8;
  trade.executed_ns = execution.executedNs;
  trade.mpid = execution.mpid;
  trade.contra_mpid = execution.contraMpid;
  trade.decided_symbol = execution.symbol;
  trade.decided_facility = event.facility;
  trade.decided_report_id = event.reportId;
  trade.decided_due_ns = decision.reportable ? decision.dueAtNs : null;
  trade.modifiers = modifiersText(decision.modifiers);
}

type Outcome =
  | EventTypes['ReportIntended']
  | EventTypes['ReportHeld']
  | EventTypes['ReportInDoubt']
  | EventTypes['ReportRejected']
  | EventTypes['ReportAccepted'];

function outcome(trade: TradeRecord, kind: NonNullable<TradeRecord['outcome']>, event: Outcome): void {
  // An acceptance is final: whatever a slower instance still says of this report does not take it back.
  if (trade.outcome === 'ACCEPTED') return;
  trade.outcome = kind;
  trade.outcome_report_id = event.reportId;
  trade.outcome_action = event.action;
  trade.outcome_facility = event.facility;
  trade.outcome_due_ns = event.dueAtNs;
  trade.outcome_until_ns = null;
  trade.outcome_text = null;
  trade.next_step = null;
  if (event.revision > 0 && BigInt(event.revision) > trade.revision) trade.revision = BigInt(event.revision);
  if ('sessionId' in event) trade.session_id = event.sessionId;
  if ('msgSeqNum' in event) trade.msg_seq_num = event.msgSeqNum;
}

function accepted(trade: TradeRecord, event: EventTypes['ReportAccepted']): void {
  outcome(trade, 'ACCEPTED', event);
  trade.outcome_since_ns = event.meta.recordedNs;
  trade.accepted_ns = event.acceptedNs;
  // Until the tracker says how much of the window it was: of a cancel the stamp is when it was cancelled.
  trade.used_ns ??= event.acceptedNs - (event.meta.stamps.executedNs ?? event.executedNs);
  trade.late = event.late ? 1n : 0n;
  trade.control_number = event.controlNumber;
  trade.accepted_modifiers = modifiersText(event.modifiers);
}

function met(trade: TradeRecord, event: EventTypes['ObligationMet']): void {
  trade.used_ns = event.usedNs;
  trade.lateness_ns = event.latenessNs;
  trade.worst_stage = event.worstStage;
  if (!event.late) return;
  trade.attribution = JSON.stringify(
    event.attribution.map(({ stage, durationNs }) => ({ stage, durationNs: durationNs.toString() })),
  );
}

/** `3Z,2-`: field and code, in order. */
function modifiersText(modifiers: readonly Modifier[]): string {
  return modifiers.map(({ field, code }) => `${field}${code}`).join(',');
}
