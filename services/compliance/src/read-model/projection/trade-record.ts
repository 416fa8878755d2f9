import type { ReportAction } from '@tapeclock/schemas';
import type { TradeState } from '../../api/contract.ts';

/**
 * One execution and revision as the lists need it. Every column is owned by one topic (the comment says which),
 * because there is an order inside a topic and none between topics: what a row says must not depend on which topic
 * was read first. `state`, `open` and `order_ns` are derived from the others. Instants in nanoseconds; null: not known.
 */
export interface TradeRecord {
  execution_id: string;
  lineage_id: string;
  /** Stamp of arrival, else the earliest recording: the lists' order. */
  order_ns: bigint;
  state: TradeState;
  /** 1n while a report is owed. */
  open: bigint;
  revision: bigint;
  source: string;
  source_execution_id: string;

  // executions.received: as told, text
  received_ns: bigint | null;
  received_action: string | null;
  channel: string | null;
  told_symbol: string | null;
  told_side: string | null;
  told_quantity: string | null;
  told_price: string | null;
  told_mpid: string | null;
  told_contra_mpid: string | null;
  told_executed_at: string | null;

  // trades.reportable
  decided: bigint;
  reportable: bigint | null;
  decided_action: ReportAction | null;
  side: string | null;
  quantity_e6: bigint | null;
  price_e8: bigint | null;
  executed_ns: bigint | null;
  mpid: string | null;
  contra_mpid: string | null;
  decided_symbol: string | null;
  decided_facility: string | null;
  decided_report_id: string | null;
  decided_due_ns: bigint | null;
  modifiers: string | null;

  // reports.outcome
  outcome: 'HELD' | 'SENT' | 'IN_DOUBT' | 'REJECTED' | 'ACCEPTED' | null;
  outcome_report_id: string | null;
  outcome_action: ReportAction | null;
  outcome_facility: string | null;
  outcome_due_ns: bigint | null;
  outcome_since_ns: bigint | null;
  outcome_until_ns: bigint | null;
  outcome_text: string | null;
  next_step: string | null;
  session_id: string | null;
  msg_seq_num: bigint | null;
  accepted_ns: bigint | null;
  used_ns: bigint | null;
  late: bigint | null;
  control_number: string | null;
  accepted_modifiers: string | null;

  // executions.rejected
  repair_id: string | null;
  repair_state: 'OPEN' | 'RESUBMITTED' | 'DISCARDED' | 'SUPERSEDED' | null;
  repair_due_ns: bigint | null;
  repair_facility: string | null;
  repair_text: string | null;

  // obligations.alerts
  warned_percent: bigint | null;
  breached: bigint;
  stage: string | null;
  holder: string | null;
  window_ns: bigint | null;
  worst_stage: string | null;
  lateness_ns: bigint | null;
  /** JSON [{stage, durationNs as text}]; only of late ones, the others are in the events. */
  attribution: string | null;

  // derived, stored because lists select and sort by them
  symbol: string | null;
  facility: string | null;
  report_id: string | null;
  due_ns: bigint | null;
  any_mpid: string | null;
  /** 1n when breached or accepted late. */
  was_late: bigint;
}

export function newTrade(executionId: string, lineageId: string): TradeRecord {
  return {
    execution_id: executionId,
    lineage_id: lineageId,
    order_ns: ORDER_UNKNOWN,
    state: 'RECEIVED',
    open: 0n,
    revision: 0n,
    source: '',
    source_execution_id: '',
    received_ns: null,
    received_action: null,
    channel: null,
    told_symbol: null,
    told_side: null,
    told_quantity: null,
    told_price: null,
    told_mpid: null,
    told_contra_mpid: null,
    told_executed_at: null,
    decided: 0n,
    reportable: null,
    decided_action: null,
    side: null,
    quantity_e6: null,
    price_e8: null,
    executed_ns: null,
    mpid: null,
    contra_mpid: null,
    decided_symbol: null,
    decided_facility: null,
    decided_report_id: null,
    decided_due_ns: null,
    modifiers: null,
    outcome: null,
    outcome_report_id: null,
    outcome_action: null,
    outcome_facility: null,
    outcome_due_ns: null,
    outcome_since_ns: null,
    outcome_until_ns: null,
    outcome_text: null,
    next_step: null,
    session_id: null,
    msg_seq_num: null,
    accepted_ns: null,
    used_ns: null,
    late: null,
    control_number: null,
    accepted_modifiers: null,
    repair_id: null,
    repair_state: null,
    repair_due_ns: null,
    repair_facility: null,
    repair_text: null,
    warned_percent: null,
    breached: 0n,
    stage: null,
    holder: null,
    window_ns: null,
    worst_stage: null,
    lateness_ns: null,
    attribution: null,
    symbol: null,
    facility: null,
    report_id: null,
    due_ns: null,
    any_mpid: null,
    was_late: 0n,
  };
}

/** Larger than any instant, so that the smallest seen wins. */
export const ORDER_UNKNOWN = 2n ** 63n - 1n;
export const TRADE_COLUMNS = Object.keys(newTrade('', '')) as (keyof TradeRecord)[];

/** States in which a report is still owed once a deadline is known. */
const OWED: ReadonlySet<TradeState> = new Set(['DECIDED', 'HELD', 'SENT', 'IN_DOUBT', 'REJECTED', 'REPAIR']);

/** Computes the derived columns from the owned ones. */
export function derive(trade: TradeRecord): void {
  trade.state = stateOf(trade);
  trade.symbol = trade.decided_symbol ?? trade.told_symbol;
  trade.facility = trade.outcome_facility ?? trade.decided_facility ?? trade.repair_facility;
  trade.report_id = trade.outcome_report_id ?? trade.decided_report_id;
  trade.due_ns = trade.outcome_due_ns ?? trade.decided_due_ns ?? trade.repair_due_ns;
  trade.any_mpid = trade.mpid ?? trade.told_mpid;
  trade.was_late = trade.late === 1n || trade.breached === 1n ? 1n : 0n;
  trade.open = OWED.has(trade.state) && trade.due_ns !== null ? 1n : 0n;
}

function stateOf(trade: TradeRecord): TradeState {
  if (trade.outcome === 'ACCEPTED') return 'ACCEPTED';
  if (trade.repair_state === 'DISCARDED') return 'DISCARDED';
  // What the desk resubmitted goes on under the next revision, which owes the report from then on.
  if (trade.repair_state === 'RESUBMITTED' || trade.repair_state === 'SUPERSEDED') return 'SUPERSEDED';
  if (trade.outcome !== null) return trade.outcome;
  if (trade.repair_state === 'OPEN') return 'REPAIR';
  if (trade.decided === 1n) return trade.reportable === 1n ? 'DECIDED' : 'NOT_REPORTABLE';
  return 'RECEIVED';
}
