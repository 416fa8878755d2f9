/** What follows from CAT's answer: items for the repair queue, and an alert where a whole file was refused. */
import {
  type CatCalendar,
  catFieldOfCode,
  catIssue,
  catRepairDueNs,
  catTradingDay,
} from '@tapeclock/domain/cat';
import type { CatFeedbackReceived, CatRecordError, RepairOpened } from '@tapeclock/schemas';
import type { CatState, CatTrade } from './cat-state.ts';
import { FAILED_FILES_MAX } from './owed.ts';
import { catRepair, catRepairId } from './repair-item.ts';
import { baseOf, tradeByFirmRoeId } from './take-event.ts';

/** Repairs that are not in the queue yet. Called after the feedback has been taken into the state. */
export function repairsOf(
  state: CatState,
  event: CatFeedbackReceived,
  calendar: CatCalendar,
  nowNs: bigint,
): readonly RepairOpened[] {
  const repairs: RepairOpened[] = [];
  const open = (trade: CatTrade, cause: string, error: Pick<CatRecordError, 'codes' | 'record'>): void => {
    const version = trade.versions.get((trade.accepted ?? trade.rejected)?.executionId ?? '');
    const repairId = catRepairId(trade.lineageId, cause);
    if (version === undefined || trade.repairs.has(repairId)) return;
    trade.repairs.set(repairId, { open: true });
    repairs.push(
      catRepair({
        version,
        reportId: trade.accepted?.reportId ?? trade.rejected?.reportId ?? null,
        cause,
        issues: error.codes.map((code) => catIssue(code, catFieldOfCode(code), undefined)),
        record: error.record,
        repaired: trade.resubmitted?.fields ?? null,
        dueAtNs: catRepairDueNs(catTradingDay(version.execution.executedNs, calendar), calendar),
        nowNs,
      }),
    );
  };
  for (const error of event.errors) {
    const trade = tradeByFirmRoeId(state, error.firmRoeId);
    if (trade !== null) open(trade, event.feedbackFile, error);
  }
  if (event.status === 'Failure') {
    const codes = event.issues.map(({ code }) => Number(code.replace('CAT_', ''))).filter(Number.isInteger);
    for (const lineageId of state.files.get(baseOf(event.fileName))?.lineageIds ?? []) {
      const trade = state.trades.get(lineageId);
      if (trade !== undefined && trade.failedFiles.size >= FAILED_FILES_MAX) {
        open(trade, event.feedbackFile, { codes, record: trade.filed?.body ?? '' });
      }
    }
  }
  return repairs;
}
