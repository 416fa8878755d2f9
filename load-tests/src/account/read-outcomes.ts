import type { LogReader } from '@tapeclock/cli';
import type { Ns } from '@tapeclock/domain';
import { type StageStamps, TOPICS } from '@tapeclock/schemas';

/** Milliseconds of every accepted report, one array per stretch of its way. */
export interface Stretches {
  /** The whole of our part: bytes at the gateway's socket to report bytes handed to the facility's socket. */
  readonly bytesInToBytesOut: number[];
  /** The same from the instant for which the execution was scheduled: what a slow driver or a full socket cost counts. */
  readonly scheduledToBytesOut: number[];
  readonly scheduledToReceived: number[];
  readonly receivedToLogged: number[];
  readonly loggedToDecided: number[];
  readonly decidedToIntended: number[];
  readonly intendedToSent: number[];
  readonly sentToAnswered: number[];
}

export interface Outcomes {
  /** Distinct executions on the log. */
  readonly taken: number;
  /** Went to a person instead of the facility. */
  readonly repairs: number;
  /** Distinct reports accepted. */
  readonly accepted: number;
  /** Accepted after the window, or whose window closed first. */
  readonly late: number;
  readonly breached: number;
  readonly inDoubt: number;
  /** Accepted reports scheduled from `measureFromNs` on. */
  readonly measured: number;
  /** Measured ones without a stamp of the bytes out, as a crash leaves them. */
  readonly unstamped: number;
  readonly firstSentNs: Ns | null;
  readonly lastSentNs: Ns | null;
  readonly stretches: Stretches;
}

const SPANS = {
  bytesInToBytesOut: ['receivedNs', 'sentNs'],
  scheduledToBytesOut: ['executedNs', 'sentNs'],
  scheduledToReceived: ['executedNs', 'receivedNs'],
  receivedToLogged: ['receivedNs', 'loggedNs'],
  loggedToDecided: ['loggedNs', 'enrichedNs'],
  decidedToIntended: ['enrichedNs', 'intendedNs'],
  intendedToSent: ['intendedNs', 'sentNs'],
  sentToAnswered: ['sentNs', 'answeredNs'],
} as const satisfies Record<keyof Stretches, readonly [keyof StageStamps, keyof StageStamps]>;

export const STRETCH_NAMES = Object.keys(SPANS) as (keyof Stretches)[];

/**
 * What the log says about a run, read after it: nothing is measured that is not on record. Only accepted reports have
 * latencies; whoever reads them must look at `taken` and `accepted` first.
 */
export async function readOutcomes(reader: LogReader, measureFromNs: Ns): Promise<Outcomes> {
  const taken = new Set<string>();
  for await (const read of reader.events(TOPICS.executionsReceived)) {
    if (read?.type === 'ExecutionReceived') taken.add(read.event.executionId);
  }
  const repairs = new Set<string>();
  for await (const read of reader.events(TOPICS.executionsRejected)) {
    if (read?.type === 'RepairOpened') repairs.add(read.event.repairId);
  }
  let breached = 0;
  for await (const read of reader.events(TOPICS.obligationsAlerts)) {
    if (read?.type === 'ObligationBreached') breached += 1;
  }
  const stretches = Object.fromEntries(STRETCH_NAMES.map((name) => [name, [] as number[]])) as {
    [Name in keyof Stretches]: number[];
  };
  const accepted = new Set<string>();
  let late = 0;
  let inDoubt = 0;
  let measured = 0;
  let unstamped = 0;
  let firstSentNs: Ns | null = null;
  let lastSentNs: Ns | null = null;
  for await (const read of reader.events(TOPICS.reportsOutcome)) {
    if (read?.type === 'ReportInDoubt') inDoubt += 1;
    if (read?.type !== 'ReportAccepted' || accepted.has(read.event.reportId)) continue;
    const { reportId, executedNs, meta } = read.event;
    accepted.add(reportId);
    if (read.event.late) late += 1;
    const { sentNs } = meta.stamps;
    if (executedNs < measureFromNs) continue;
    measured += 1;
    if (sentNs === null) unstamped += 1;
    else {
      if (firstSentNs === null || sentNs < firstSentNs) firstSentNs = sentNs;
      if (lastSentNs === null || sentNs > lastSentNs) lastSentNs = sentNs;
    }
    for (const name of STRETCH_NAMES) {
      const [from, to] = SPANS[name];
      const fromNs = meta.stamps[from];
      const toNs = meta.stamps[to];
      if (fromNs !== null && toNs !== null) stretches[name].push(Number(toNs - fromNs) / 1e6);
    }
  }
  return {
    taken: taken.size,
    repairs: repairs.size,
    accepted: accepted.size,
    late,
    breached,
    inDoubt,
    measured,
    unstamped,
    firstSentNs,
    lastSentNs,
    stretches,
  };
}
