/**
 * The heart of the CAT reporter: trades and answers in, files to send and repair items out. It does not touch the
 * network: a file is fixed, bytes and name, in `CatFileIntended`, and the courier carries it.
 */
import { NS_PER_HOUR, NS_PER_MS, type Ns } from '@tapeclock/domain';
import { catReportDueNs, catTradingDay, validateRecord } from '@tapeclock/domain/cat';
import type {
  AnyEvent,
  CatFeedbackReceived,
  DeskActed,
  EncodedEvent,
  EventCodec,
  OperationsAlert,
} from '@tapeclock/schemas';
import type { Processor } from '@tapeclock/service';
import type { CatReporterConfig } from '../cat-config.ts';
import { repairsOf } from './answer-feedback.ts';
import { type CatFile, type CatState, type CatTrade, newCatState } from './cat-state.ts';
import { catMeta, PRODUCER } from './event-meta.ts';
import { formFiles, type OwedTrade } from './form-files.ts';
import { owed } from './owed.ts';
import { catRepair, catRepairId } from './repair-item.ts';
import { baseOf, takeEvent } from './take-event.ts';

export type CollectorConfig = Omit<CatReporterConfig, 'sftp'> & {
  /** Record key whose partition of the file topics has this number. */
  keyOf(partition: number): string;
};

export function catCollector(config: CollectorConfig): Processor<CatState> {
  const horizonNs = BigInt(config.horizonHours) * NS_PER_HOUR;
  const everyNs = BigInt(config.submitEveryMs) * NS_PER_MS;
  const leadNs = BigInt(config.deadlineLeadMs) * NS_PER_MS;

  /** The next beat of the schedule, or earlier where the deadline is near. Beats do not depend on when we started. */
  const submitByNs = (trade: CatTrade | undefined, nowNs: Ns): Ns => {
    const beatNs = (nowNs / everyNs + 1n) * everyNs;
    const version = trade?.versions.values().next().value;
    if (version === undefined) return beatNs;
    const { calendar } = config;
    const nearNs = catReportDueNs(catTradingDay(version.execution.executedNs, calendar), calendar) - leadNs;
    return nearNs < beatNs ? (nearNs > nowNs ? nearNs : nowNs) : beatNs;
  };

  const submit = (state: CatState, nowNs: Ns, codec: EventCodec): EncodedEvent[] => {
    const outputs: EncodedEvent[] = [];
    const sendable: OwedTrade[] = [];
    for (const lineageId of state.waiting) {
      const trade = state.trades.get(lineageId);
      const debt = trade === undefined ? null : owed(trade, { imids: config.imids, files: state.files });
      if (trade === undefined || debt === null) continue;
      const resubmittedNs = trade.resubmitted?.atNs ?? 0n;
      const issues = debt.records.flatMap((record) =>
        validateRecord(record, { reporterImid: debt.imid, nowNs }),
      );
      if (issues.length === 0) {
        sendable.push({ ...debt, resubmittedNs });
        continue;
      }
      // A repair that mends nothing is a new item: the old one is closed.
      const cause = `${debt.body}/${resubmittedNs}`;
      const repairId = catRepairId(lineageId, cause);
      if (trade.repairs.has(repairId)) continue;
      trade.repairs.set(repairId, { open: true });
      const { version } = debt;
      const tradingDay = catTradingDay(version.execution.executedNs, config.calendar);
      const repair = catRepair({
        version,
        reportId: version.reportId,
        cause,
        issues,
        record: debt.body,
        repaired: trade.resubmitted?.fields ?? null,
        dueAtNs: catReportDueNs(tradingDay, config.calendar),
        nowNs,
      });
      outputs.push(codec.record('RepairOpened', repair));
    }
    for (const intent of formFiles(sendable, state, config, nowNs)) {
      takeEvent(state, { type: 'CatFileIntended', event: intent });
      outputs.push(codec.record('CatFileIntended', intent));
    }
    state.waiting.clear();
    state.submitAtNs = null;
    return outputs;
  };

  /** A file that is made and not sent is alarmed half the lead before its deadline, but not before it had a chance. */
  const alertAtNs = (file: CatFile): Ns => {
    const nearNs = file.dueAtNs - leadNs / 2n;
    const earliestNs = file.intendedNs + leadNs / 2n;
    return nearNs > earliestNs ? nearNs : earliestNs;
  };

  const alert = (state: CatState, file: CatFile, raised: boolean, nowNs: Ns): OperationsAlert => ({
    meta: catMeta(
      'OperationsAlert',
      ['cat-deadline', file.base, String(raised)],
      config.keyOf(state.partition),
      nowNs,
    ),
    alert: 'cat-deadline',
    subject: file.fileName,
    severity: 'critical',
    state: raised ? 'RAISED' : 'CLEARED',
    text: raised ? `${file.recordCount} CAT records are not on the CAT side` : 'the file is on the CAT side',
    action: 'check the SFTP connection to CAT; the file is sent by itself once it is back',
  });

  return {
    name: PRODUCER,
    inputs: ['trades.reportable', 'reports.outcome', 'desk.actions', 'cat.activity'],
    // Files first, and to the end: what was intended before a crash must be known before anything is intended again.
    restoreFrom: [
      'cat.files',
      'trades.reportable',
      'reports.outcome',
      'desk.actions',
      'executions.rejected',
      'cat.activity',
    ].map((topic) => ({ topic, horizonNs })),
    init: newCatState,
    restore(state, event) {
      for (const lineageId of takeEvent(state, event)) state.waiting.add(lineageId);
    },
    step(state, input, { nowNs, codec }) {
      const wasAlerted = input.type === 'CatFileSubmitted' && alertedFile(state, input);
      for (const lineageId of takeEvent(state, input)) {
        state.waiting.add(lineageId);
        const byNs = submitByNs(state.trades.get(lineageId), nowNs);
        if (state.submitAtNs === null || byNs < state.submitAtNs) state.submitAtNs = byNs;
      }
      if (input.type === 'CatFeedbackReceived') {
        const repairs = repairsOf(state, input.event, config.calendar, nowNs);
        const outputs = repairs.map((repair) => codec.record('RepairOpened', repair));
        if (input.event.status === 'Failure') {
          outputs.push(
            codec.record('OperationsAlert', refusal(input.event, config.keyOf(state.partition), nowNs)),
          );
        }
        return outputs;
      }
      if (input.type === 'DeskActed') return closeRepair(input.event, nowNs, codec);
      if (wasAlerted) {
        const file = state.files.get(baseOfEvent(input));
        return file === undefined ? [] : [codec.record('OperationsAlert', alert(state, file, false, nowNs))];
      }
      return [];
    },
    tick(state, nowNs, codec) {
      if (state.waiting.size > 0 && state.submitAtNs === null) {
        state.submitAtNs = submitByNs(undefined, nowNs);
        for (const lineageId of state.waiting) {
          const byNs = submitByNs(state.trades.get(lineageId), nowNs);
          if (byNs < state.submitAtNs) state.submitAtNs = byNs;
        }
      }
      const outputs =
        state.submitAtNs !== null && state.submitAtNs <= nowNs ? submit(state, nowNs, codec) : [];
      for (const base of state.unsubmitted) {
        const file = state.files.get(base);
        if (file === undefined || file.alerted || alertAtNs(file) > nowNs) continue;
        file.alerted = true;
        outputs.push(codec.record('OperationsAlert', alert(state, file, true, nowNs)));
      }
      forget(state, nowNs - horizonNs);
      return outputs;
    },
    wakeAtNs(state) {
      let atNs = state.waiting.size > 0 ? (state.submitAtNs ?? 0n) : null;
      for (const base of state.unsubmitted) {
        const file = state.files.get(base);
        if (file === undefined || file.alerted) continue;
        const alertNs = alertAtNs(file);
        if (atNs === null || alertNs < atNs) atNs = alertNs;
      }
      return atNs;
    },
  };
}

function alertedFile(state: CatState, input: AnyEvent): boolean {
  return state.files.get(baseOfEvent(input))?.alerted === true;
}

function baseOfEvent(input: AnyEvent): string {
  return input.type === 'CatFileSubmitted' ? baseOf(input.event.fileName) : '';
}

/** A file that CAT refused as a whole is more than a record in error: somebody must look at the set-up. */
function refusal(event: CatFeedbackReceived, key: string, nowNs: Ns): OperationsAlert {
  return {
    meta: catMeta('OperationsAlert', ['cat-file-refused', event.feedbackFile], key, nowNs),
    alert: 'cat-file-refused',
    subject: event.fileName,
    severity: 'critical',
    state: 'RAISED',
    text: event.issues.map(({ code, message }) => `${code}: ${message}`).join('; '),
    action: event.issues[0]?.action ?? 'read the feedback file',
  };
}

/** What an officer has dealt with leaves the queue; what it leads to shows when the record is sent again. */
function closeRepair(event: DeskActed, nowNs: Ns, codec: EventCodec): readonly EncodedEvent[] {
  if (event.repairStage !== 'cat' || (event.verb !== 'RESUBMIT' && event.verb !== 'DISCARD')) return [];
  return [
    codec.record('RepairClosed', {
      meta: catMeta('RepairClosed', [event.subject, event.actionId], event.meta.lineageId, nowNs),
      repairId: event.subject,
      resolution: event.verb === 'RESUBMIT' ? 'RESUBMITTED' : 'DISCARDED',
      actor: event.actor,
      reason: event.reason,
      executionId: null,
    }),
  ];
}

/** Memory follows the horizon, as the log's restore does. */
function forget(state: CatState, beforeNs: Ns): void {
  for (const [lineageId, trade] of state.trades) {
    // In order of first mention: most of what follows is younger.
    if (trade.touchedNs >= beforeNs) break;
    state.trades.delete(lineageId);
  }
  for (const [base, file] of state.files) {
    if (file.intendedNs >= beforeNs) break;
    state.files.delete(base);
    state.unsubmitted.delete(base);
  }
}
