import { openLogReader } from '@tapeclock/cli';
import type { Ns } from '@tapeclock/domain';
import { TOPICS } from '@tapeclock/schemas';

/** What the log tells of one execution's report, as far as drills ask. */
export interface ReportStory {
  readonly executionId: string;
  readonly reportId: string;
  readonly executedNs: Ns;
  readonly dueAtNs: Ns;
  acceptedNs: Ns | null;
  late: boolean;
  /** The window closed without an accepted report. */
  breached: boolean;
  /** Warned of before. */
  warned: boolean;
  intents: number;
  inDoubt: boolean;
  /** It waited at the reporter, for the session or the facility. */
  held: boolean;
  resolvedBy: string | null;
}

export interface AlertTold {
  readonly alert: string;
  readonly subject: string;
  readonly state: 'RAISED' | 'CLEARED';
  readonly atNs: Ns;
}

export interface LogStory {
  /** By execution id. */
  readonly reports: ReadonlyMap<string, ReportStory>;
  readonly alerts: readonly AlertTold[];
}

/** Reads a whole data directory, also beside the running product. */
export async function readLogStory(dataDir: string): Promise<LogStory> {
  const reader = await openLogReader(dataDir);
  try {
    const reports = new Map<string, ReportStory>();
    for await (const read of reader.events(TOPICS.tradesReportable)) {
      if (read?.type !== 'TradeReportable' || !read.event.decision.reportable) continue;
      const { executionId, reportId, execution, decision } = read.event;
      reports.set(executionId, {
        executionId,
        reportId: reportId ?? '',
        executedNs: execution.executedNs,
        dueAtNs: decision.dueAtNs,
        acceptedNs: null,
        late: false,
        breached: false,
        warned: false,
        intents: 0,
        inDoubt: false,
        held: false,
        resolvedBy: null,
      });
    }
    for await (const read of reader.events(TOPICS.reportsOutcome)) {
      if (read === null || !('executionId' in read.event)) continue;
      const report = reports.get(read.event.executionId ?? '');
      if (report === undefined) continue;
      if (read.type === 'ReportIntended') report.intents += 1;
      if (read.type === 'ReportInDoubt') report.inDoubt = true;
      if (read.type === 'ReportHeld') report.held = true;
      if (read.type === 'ReportAccepted') {
        report.acceptedNs = read.event.acceptedNs;
        report.late = read.event.late;
        report.resolvedBy = read.event.resolvedBy;
      }
    }
    const alerts: AlertTold[] = [];
    for await (const read of reader.events(TOPICS.obligationsAlerts)) {
      if (read?.type === 'OperationsAlert') {
        const { alert, subject, state, meta } = read.event;
        alerts.push({ alert, subject, state: state === 'RAISED' ? state : 'CLEARED', atNs: meta.recordedNs });
      }
      if (read?.type !== 'ObligationBreached' && read?.type !== 'ObligationWarned') continue;
      const report = reports.get(read.event.executionId);
      if (report === undefined) continue;
      if (read.type === 'ObligationBreached') report.breached = true;
      else report.warned = true;
    }
    return { reports, alerts: alerts.sort((a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0)) };
  } finally {
    await reader.close();
  }
}
