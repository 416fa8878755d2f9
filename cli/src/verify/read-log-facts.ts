import { type AnyEvent, TOPICS } from '@tapeclock/schemas';
import type { Facts, LoggedReport } from './facts.ts';

type LogFacts = Omit<Facts, 'journal' | 'nowNs'>;

const LATEST = {
  ReportIntended: 'INTENDED',
  ReportAccepted: 'ACCEPTED',
  ReportRejected: 'REJECTED',
  ReportInDoubt: 'IN_DOUBT',
  ReportHeld: 'HELD',
} as const;

/** Gathers what the log says. Repeats of one event, as a crash leaves them, count once. */
export async function readLogFacts(
  events: (topic: string) => AsyncIterable<AnyEvent | null>,
): Promise<LogFacts> {
  const executions = new Set<string>();
  const decided = new Set<string>();
  const reports = new Map<string, LoggedReport>();
  const notReportable = new Set<string>();
  const repairs = new Set<string>();
  const settledByPerson = new Set<string>();
  const seen = new Set<string>();
  let unreadable = 0;
  const each = async (topic: string, take: (event: AnyEvent) => void): Promise<void> => {
    for await (const event of events(topic)) {
      if (event === null) unreadable += 1;
      else if (!seen.has(event.event.meta.eventId)) {
        seen.add(event.event.meta.eventId);
        take(event);
      }
    }
    seen.clear();
  };

  await each(TOPICS.tradesReportable, (input) => {
    if (input.type !== 'TradeReportable') return;
    const { executionId, reportId, meta, action, execution, decision } = input.event;
    decided.add(executionId);
    if (!decision.reportable || reportId === null) notReportable.add(executionId);
    else if (!reports.has(reportId)) {
      reports.set(reportId, {
        reportId,
        executionId,
        lineageId: meta.lineageId,
        action,
        execution,
        dueAtNs: decision.dueAtNs,
        intents: 0,
        accepted: [],
        rejections: 0,
        latest: 'NONE',
      });
    }
  });
  await each(TOPICS.executionsRejected, (input) => {
    if (input.type === 'RepairOpened') {
      repairs.add(input.event.repairId);
      if (input.event.executionId !== null) decided.add(input.event.executionId);
    } else if (input.type === 'RepairClosed') repairs.delete(input.event.repairId);
  });
  await each(TOPICS.reportsOutcome, (input) => {
    if (!(input.type in LATEST) || !('reportId' in input.event)) return;
    const report = reports.get(input.event.reportId ?? '');
    if (report === undefined) return;
    report.latest = LATEST[input.type as keyof typeof LATEST];
    if (input.type === 'ReportIntended') report.intents += 1;
    if (input.type === 'ReportRejected') report.rejections += 1;
    if (input.type === 'ReportAccepted') {
      const { controlNumber, late } = input.event;
      report.accepted.push({ controlNumber, late });
    }
  });
  await each(TOPICS.deskActions, (input) => {
    if (input.type === 'DeskActed' && input.event.verb === 'RESOLVE_IN_DOUBT')
      settledByPerson.add(input.event.subject);
  });
  // Last, so that what came in meanwhile is not missed among the decisions: one that is not decided yet is looked at again.
  await each(TOPICS.executionsReceived, (input) => {
    if (input.type === 'ExecutionReceived') executions.add(input.event.executionId);
  });
  if ([...executions].some((id) => !decided.has(id))) {
    await each(TOPICS.tradesReportable, (input) => {
      if (input.type === 'TradeReportable') decided.add(input.event.executionId);
    });
    await each(TOPICS.executionsRejected, (input) => {
      if (input.type === 'RepairOpened' && input.event.executionId !== null)
        decided.add(input.event.executionId);
    });
  }
  let deadLetters = 0;
  await each(TOPICS.deadLetters, () => {
    deadLetters += 1;
  });
  return {
    executions,
    decided,
    reports,
    notReportable: notReportable.size,
    repairsOpen: repairs.size,
    settledByPerson,
    deadLetters,
    unreadable,
  };
}
