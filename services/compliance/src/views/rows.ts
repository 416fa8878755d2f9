import { type Ns, nsFromRfc3339 } from '@tapeclock/domain';
import type {
  Alert,
  CatFile,
  DeadLetter,
  DeskAction,
  InDoubt,
  IssueView,
  LateTrade,
  Obligation,
  RepairRow,
  SessionView,
  StageShareView,
  TradeRow,
} from '../api/contract.ts';
import type { TradeRecord } from '../read-model/projection/trade-record.ts';
import type { CatFileWithFeedback } from '../read-model/queries/list-rows.ts';
import type {
  AlertRecord,
  DeadLetterRecord,
  DeskActionRecord,
  RepairRecord,
  SessionRecord,
} from '../read-model/tables.ts';
import { epochMs, instant, nullable, price, quantity, rawBytes, spanMs } from './values.ts';

type FacilityName = TradeRow['facility'];

/** `3Z,2-` as stored, back to a list. */
function modifiers(text: string | null): TradeRow['modifiers'] {
  if (text === null || text === '') return [];
  return text.split(',').map((one) => ({ field: Number(one.charAt(0)), code: one.slice(1) }));
}

export function tradeRow(trade: TradeRecord): TradeRow {
  const executedNs =
    trade.executed_ns ?? (trade.told_executed_at === null ? null : nsFromRfc3339(trade.told_executed_at));
  const dueNs = trade.due_ns;
  const lateness =
    trade.lateness_ns ??
    (trade.accepted_ns !== null && dueNs !== null && trade.accepted_ns > dueNs
      ? trade.accepted_ns - dueNs
      : null);
  return {
    executionId: trade.execution_id,
    lineageId: trade.lineage_id,
    revision: Number(trade.revision),
    action: trade.outcome_action ?? trade.decided_action ?? trade.received_action ?? 'NEW',
    state: trade.state,
    source: trade.source,
    sourceExecutionId: trade.source_execution_id,
    channel: trade.channel,
    symbol: trade.symbol,
    side: trade.side ?? trade.told_side,
    quantity: quantity(trade.quantity_e6) ?? trade.told_quantity,
    price: price(trade.price_e8) ?? trade.told_price,
    mpid: trade.any_mpid,
    contraMpid: trade.contra_mpid ?? trade.told_contra_mpid,
    facility: trade.facility as FacilityName,
    reportId: trade.report_id,
    controlNumber: trade.control_number,
    executedAt: instant(executedNs),
    executedAtMs: epochMs(executedNs),
    receivedAt: instant(trade.received_ns),
    receivedAtMs: epochMs(trade.received_ns),
    dueAt: instant(dueNs),
    dueAtMs: epochMs(dueNs),
    acceptedAt: instant(trade.accepted_ns),
    acceptedAtMs: epochMs(trade.accepted_ns),
    usedMs: nullable(trade.used_ns, spanMs),
    late: nullable(trade.late, (late) => late === 1n),
    latenessMs: nullable(lateness, spanMs),
    breached: trade.breached === 1n,
    modifiers: modifiers(trade.accepted_modifiers ?? trade.modifiers),
    reason: reasonOf(trade),
  };
}

function reasonOf(trade: TradeRecord): string | null {
  if (trade.state === 'REPAIR' || trade.state === 'DISCARDED' || trade.state === 'SUPERSEDED') {
    return trade.repair_text;
  }
  return trade.state === 'ACCEPTED' ? null : trade.outcome_text;
}

/** Who holds a trade that nobody has been warned about yet: told by its state. */
const STAGE_OF_STATE: { readonly [State in TradeRecord['state']]?: string } = {
  DECIDED: 'intent',
  HELD: 'intent',
  SENT: 'facility',
  IN_DOUBT: 'facility',
  REJECTED: 'desk',
  REPAIR: 'desk',
};

/** The trade's report is owed and due; throws where it is not. */
export function obligation(trade: TradeRecord): Obligation {
  const row = tradeRow(trade);
  if (row.dueAt === null || row.dueAtMs === null) throw new TypeError(`${trade.execution_id} owes nothing`);
  const windowNs: Ns | null =
    trade.window_ns ??
    (trade.due_ns !== null && trade.executed_ns !== null ? trade.due_ns - trade.executed_ns : null);
  return {
    executionId: row.executionId,
    lineageId: row.lineageId,
    reportId: row.reportId,
    action: row.action,
    state: row.state,
    symbol: row.symbol,
    side: row.side,
    quantity: row.quantity,
    price: row.price,
    mpid: row.mpid,
    facility: row.facility,
    executedAt: row.executedAt,
    executedAtMs: row.executedAtMs,
    dueAt: row.dueAt,
    dueAtMs: row.dueAtMs,
    windowMs: nullable(windowNs, spanMs),
    stage: trade.stage ?? STAGE_OF_STATE[trade.state] ?? 'pipeline',
    holder: trade.holder ?? trade.session_id,
    warnedPercent: nullable(trade.warned_percent, Number),
    breached: row.breached,
    cause: row.reason,
  };
}

export function inDoubtRow(trade: TradeRecord, resolving: string | null): InDoubt {
  const row = tradeRow(trade);
  const sinceNs = trade.outcome_since_ns ?? trade.order_ns;
  return {
    reportId: row.reportId ?? '',
    executionId: row.executionId,
    lineageId: row.lineageId,
    kind: trade.state === 'HELD' ? 'HELD' : 'IN_DOUBT',
    action: row.action,
    facility: row.facility ?? 'ADF',
    sessionId: trade.session_id,
    msgSeqNum: nullable(trade.msg_seq_num, String),
    symbol: row.symbol,
    quantity: row.quantity,
    price: row.price,
    cause: trade.outcome_text ?? '',
    nextStep: trade.next_step,
    since: instant(sinceNs) ?? '',
    sinceMs: epochMs(sinceNs) ?? 0,
    until: instant(trade.outcome_until_ns),
    dueAt: row.dueAt ?? '',
    dueAtMs: row.dueAtMs ?? 0,
    resolving,
  };
}

export function storedAttribution(text: string | null): StageShareView[] {
  if (text === null) return [];
  const shares = JSON.parse(text) as { stage: string; durationNs: string }[];
  return shares.map(({ stage, durationNs }) => ({ stage, durationMs: spanMs(BigInt(durationNs)) }));
}

export function lateTrade(trade: TradeRecord): LateTrade {
  const row = tradeRow(trade);
  const attribution = storedAttribution(trade.attribution);
  const worstStage = trade.worst_stage ?? trade.stage;
  const share = attribution.find(({ stage }) => stage === worstStage);
  const ended = endOf(row);
  const why =
    worstStage === null
      ? ''
      : share === undefined
        ? `; held by stage ${worstStage}`
        : `; stage ${worstStage} took ${share.durationMs} ms`;
  return { trade: row, worstStage, attribution, reason: `${ended}${why}.` };
}

function endOf({ state, acceptedAt, late, latenessMs }: TradeRow): string {
  if (state === 'SUPERSEDED') {
    return 'The window closed before a person had settled it; what became of the trade stands with its next revision';
  }
  if (state === 'DISCARDED') return 'The window closed, and a person discarded it: nothing was reported';
  if (acceptedAt === null) return 'The window closed and no report is accepted yet';
  if (late === true) return `Accepted ${latenessMs} ms after the window closed`;
  // The breach was declared when the window closed; what the facility says of its own time takes the lateness back.
  return 'Accepted inside the window by the facility’s time, but its answer reached us after the window had closed';
}

export function repairRow(repair: RepairRecord, pending: boolean): RepairRow {
  return {
    repairId: repair.repair_id,
    lineageId: repair.lineage_id,
    executionId: repair.execution_id,
    reportId: repair.report_id,
    stage: repair.stage,
    state: repair.state === 'CLOSED' ? 'CLOSED' : pending ? 'PENDING' : 'OPEN',
    resolution: repair.resolution,
    source: repair.source,
    sourceExecutionId: repair.source_execution_id,
    action: repair.action,
    channel: repair.channel,
    symbol: repair.symbol,
    mpid: repair.mpid,
    facility: repair.facility,
    issues: JSON.parse(repair.issues) as IssueView[],
    openedAt: instant(repair.opened_ns) ?? '',
    openedAtMs: epochMs(repair.opened_ns) ?? 0,
    dueAt: instant(repair.due_ns),
    dueAtMs: epochMs(repair.due_ns),
    closedAt: instant(repair.closed_ns),
    actor: repair.actor,
    reason: repair.reason,
  };
}

/** An acknowledgement holds for the raising it followed, not for the next one. */
export function alertView(alert: AlertRecord, act: DeskActionRecord | undefined): Alert {
  const holds = act !== undefined && act.verb === 'ACKNOWLEDGE' && act.at_ns >= alert.raised_ns;
  return {
    alertId: alert.alert_id,
    alert: alert.alert,
    subject: alert.subject,
    severity: alert.severity === 'critical' || alert.severity === 'info' ? alert.severity : 'warning',
    state: alert.state === 'CLEARED' ? 'CLEARED' : 'RAISED',
    text: alert.text,
    action: alert.action,
    raisedAt: instant(alert.raised_ns) ?? '',
    raisedAtMs: epochMs(alert.raised_ns) ?? 0,
    clearedAt: instant(alert.cleared_ns),
    acknowledgedBy: holds ? act.actor : null,
    acknowledgedAt: holds ? instant(act.at_ns) : null,
  };
}

export function sessionView(session: SessionRecord): SessionView {
  return {
    sessionId: session.session_id,
    role: session.role,
    state: session.state === 'LOGGED_ON' || session.state === 'CONNECTED' ? session.state : 'DISCONNECTED',
    process: session.process,
    text: session.text,
    since: instant(session.since_ns) ?? '',
    sinceMs: epochMs(session.since_ns) ?? 0,
  };
}

export function catFile({ file, feedback }: CatFileWithFeedback): CatFile {
  return {
    fileName: file.file_name,
    tradeDate: file.trade_date,
    imid: file.imid,
    recordCount: Number(file.record_count),
    sha256: file.sha256,
    state: file.answered === 1n ? 'ANSWERED' : file.submitted_ns === null ? 'INTENDED' : 'SUBMITTED',
    dueAt: instant(file.due_ns) ?? '',
    dueAtMs: epochMs(file.due_ns) ?? 0,
    intendedAt: instant(file.intended_ns ?? file.seen_ns) ?? '',
    submittedAt: instant(file.submitted_ns),
    bytes: nullable(file.bytes, String),
    feedback: feedback.map((answer) => ({
      feedbackFile: answer.feedback_file,
      stage: answer.stage,
      status: answer.status,
      acceptedCount: Number(answer.accepted_count),
      rejectedCount: Number(answer.rejected_count),
      issues: JSON.parse(answer.issues) as IssueView[],
      at: instant(answer.at_ns) ?? '',
    })),
  };
}

export function deadLetterView(letter: DeadLetterRecord): DeadLetter {
  return {
    deadLetterId: letter.dead_letter_id,
    service: letter.service,
    topic: letter.topic,
    partition: Number(letter.partition),
    offset: String(letter.offset),
    code: letter.code,
    text: letter.text,
    at: instant(letter.at_ns) ?? '',
    raw: rawBytes('avro', letter.value),
  };
}

export function deskActionView(action: DeskActionRecord): DeskAction {
  return {
    actionId: action.action_id,
    at: instant(action.at_ns) ?? '',
    actor: action.actor,
    role: action.role,
    verb: action.verb,
    subject: action.subject,
    lineageId: action.lineage_id,
    reason: action.reason,
    outcome: action.outcome,
  };
}
