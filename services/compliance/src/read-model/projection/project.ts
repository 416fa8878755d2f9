import { NS_PER_SECOND } from '@tapeclock/domain';
import type { AnyEvent } from '@tapeclock/schemas';
import { bucketOfNs } from '../latency-buckets.ts';
import type { BatchRows } from './batch-rows.ts';
import { foldCat } from './fold-cat.ts';
import { foldAlert, foldForecast, foldSession } from './fold-operations.ts';
import { closeRepair, openRepair } from './fold-repair.ts';
import { executionOf, foldRepairClosed, foldTrade } from './fold-trade.ts';
import { stageSpans } from './stage-spans.ts';
import { newTrade, type TradeRecord } from './trade-record.ts';

/**
 * Takes one event into the batch. Must be given each event once (its id is new), events of one topic and partition
 * in their order; between topics any order gives the same rows in the end.
 */
export function project(batch: BatchRows, input: AnyEvent): void {
  tally(batch, input);
  const executionId = executionOf(input);
  if (executionId !== null) {
    change(batch, executionId, input.event.meta.lineageId, (trade) => foldTrade(trade, input));
  }
  switch (input.type) {
    case 'RepairOpened':
      openRepair(batch, input.event);
      break;
    case 'RepairClosed': {
      const settled = closeRepair(batch, input.event);
      if (settled === null) break;
      change(batch, settled, input.event.meta.lineageId, (trade) => foldRepairClosed(trade, input.event));
      break;
    }
    case 'OperationsAlert':
      foldAlert(batch, input.event);
      break;
    case 'BacklogForecast':
      foldForecast(batch, input.event);
      break;
    case 'SessionStateChanged':
      foldSession(batch, input.event);
      break;
    case 'CatFileIntended':
    case 'CatFileSubmitted':
    case 'CatFeedbackReceived':
      foldCat(batch, input);
      break;
    case 'DeadLettered': {
      const { event } = input;
      batch.put('dead_letters', event.meta.eventId, {
        dead_letter_id: event.meta.eventId,
        service: event.service,
        topic: event.topic,
        partition: BigInt(event.partition),
        offset: event.offset,
        code: event.code,
        text: event.text,
        value: event.value,
        at_ns: event.meta.recordedNs,
      });
      break;
    }
    case 'DeskActed': {
      const { event } = input;
      batch.put('desk_actions', event.actionId, {
        action_id: event.actionId,
        at_ns: event.meta.recordedNs,
        actor: event.actor,
        role: event.role,
        verb: event.verb,
        subject: event.subject,
        lineage_id: event.meta.lineageId,
        reason: event.reason,
        outcome: event.outcome,
      });
      break;
    }
  }
}

/** Changes a trade's row and moves the gauges (open, in doubt, held) by the difference. */
function change(
  batch: BatchRows,
  executionId: string,
  lineageId: string,
  fold: (trade: TradeRecord) => void,
): void {
  const firstTouch = !batch.rows.trades.has(executionId);
  let trade = batch.get('trades', executionId);
  if (trade === null) {
    trade = newTrade(executionId, lineageId);
    batch.put('trades', executionId, trade);
  }
  if (firstTouch && trade.open === 1n) batch.wasOpen.add(executionId);
  gauges(batch, trade, -1n);
  fold(trade);
  gauges(batch, trade, 1n);
}

function gauges(batch: BatchRows, trade: TradeRecord, sign: bigint): void {
  if (trade.open === 1n) batch.total('open', trade.facility, sign);
  if (trade.state !== 'IN_DOUBT' && trade.state !== 'HELD') return;
  batch.total(trade.state === 'HELD' ? 'held' : 'inDoubt', trade.facility, sign);
  if (trade.report_id !== null) batch.inDoubt.add(trade.report_id);
}

function tally(batch: BatchRows, input: AnyEvent): void {
  const second = input.event.meta.recordedNs / NS_PER_SECOND;
  switch (input.type) {
    case 'ExecutionReceived':
      batch.total('received', null, 1n);
      batch.count('received', second);
      break;
    case 'TradeReportable':
      batch.total(input.event.decision.reportable ? 'reportable' : 'notReportable', input.event.facility, 1n);
      break;
    case 'RepairOpened':
      batch.count('repairs', second);
      break;
    case 'ReportRejected':
      batch.total('rejected', input.event.facility, 1n);
      batch.count('rejected', second);
      break;
    case 'ReportAccepted': {
      const { event } = input;
      batch.total('accepted', event.facility, 1n);
      batch.count('accepted', second);
      if (event.late) {
        batch.total('late', event.facility, 1n);
        batch.count('late', second);
      }
      const minute = second - (second % 60n);
      for (const { stage, spanNs } of stageSpans(event.meta.stamps)) {
        batch.spend(stage, minute, bucketOfNs(spanNs));
      }
      break;
    }
    case 'ObligationMet':
      batch.spend('total', second, bucketOfNs(input.event.usedNs));
      break;
    case 'ObligationBreached':
      batch.total('breached', input.event.facility, 1n);
      batch.count('breached', second);
      break;
    case 'DeadLettered':
      batch.total('deadLetters', null, 1n);
      break;
  }
}
