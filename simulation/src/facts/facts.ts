import type { AnyEvent, EventTypes, ReportableExecution } from '@tapeclock/schemas';
import { TOPICS } from '@tapeclock/schemas';
import type { World } from '../world/world.ts';
import { type JournalledReport, readJournal } from './journal.ts';

type Outcome = EventTypes[
  | 'ReportIntended'
  | 'ReportAccepted'
  | 'ReportRejected'
  | 'ReportInDoubt'
  | 'ReportHeld'];

const OUTCOMES: ReadonlySet<string> = new Set([
  'ReportIntended',
  'ReportAccepted',
  'ReportRejected',
  'ReportInDoubt',
  'ReportHeld',
]);

/** One outcome on the log, with when it got there. */
export type PlacedOutcome = Extract<AnyEvent, { readonly event: Outcome }> & { readonly appendedNs: bigint };

/** A report that enrichment ordered, and everything that became of it; all tries of it together. */
export interface ReportStory {
  /** Execution and action: one report, whatever ids its tries had on the wire. */
  readonly key: string;
  readonly executionId: string;
  readonly lineageId: string;
  readonly action: string;
  readonly reportId: string;
  readonly execution: ReportableExecution;
  readonly dueAtNs: bigint;
  readonly outcomes: PlacedOutcome[];
}

export interface Repair {
  readonly repairId: string;
  readonly executionId: string | null;
  readonly lineageId: string;
  readonly stage: string;
  readonly reportId: string | null;
  readonly dueAtNs: bigint | null;
  readonly source: string;
  readonly sourceExecutionId: string;
  closed: string | null;
}

export interface Alerts {
  readonly warned: ReadonlySet<string>;
  /** In the order of the log. */
  readonly breached: readonly {
    readonly executionId: string;
    readonly lineageId: string;
    readonly warnedBefore: boolean;
  }[];
  readonly met: ReadonlySet<string>;
}

/** What log and journal say at one instant, gathered for the invariants. */
export interface Facts {
  readonly received: ReadonlyMap<string, EventTypes['ExecutionReceived']>;
  readonly decided: ReadonlySet<string>;
  readonly reports: ReadonlyMap<string, ReportStory>;
  readonly repairs: ReadonlyMap<string, Repair>;
  readonly alerts: Alerts;
  /** By execution and action. */
  readonly accepted: ReadonlyMap<string, readonly JournalledReport[]>;
  /** Journal entries under an id that no intent on the log names. */
  readonly unknownToLog: readonly JournalledReport[];
  readonly sentAgain: readonly JournalledReport[];
  readonly deadLetters: readonly EventTypes['DeadLettered'][];
}

export function gatherFacts(world: World): Facts {
  const received = new Map<string, EventTypes['ExecutionReceived']>();
  for (const input of world.events(TOPICS.executionsReceived)) {
    if (input.type === 'ExecutionReceived') received.set(input.event.executionId, input.event);
  }
  const decided = new Set<string>();
  const reports = new Map<string, ReportStory>();
  for (const input of world.events(TOPICS.tradesReportable)) {
    if (input.type !== 'TradeReportable') continue;
    const { executionId, action, reportId, decision, execution, meta } = input.event;
    decided.add(executionId);
    const key = `${executionId}/${action}`;
    if (!decision.reportable || reportId === null || reports.has(key)) continue;
    const { lineageId } = meta;
    reports.set(key, {
      key,
      executionId,
      lineageId,
      action,
      reportId,
      execution,
      dueAtNs: decision.dueAtNs,
      outcomes: [],
    });
  }
  const repairs = gatherRepairs(world, decided);
  const keyOfWireId = gatherOutcomes(world, reports);
  const { accepted, unknownToLog, sentAgain } = matchJournal(world, keyOfWireId);
  const deadLetters = world
    .events(TOPICS.deadLetters)
    .flatMap((input) => (input.type === 'DeadLettered' ? [input.event] : []));
  return {
    received,
    decided,
    reports,
    repairs,
    alerts: gatherAlerts(world),
    accepted,
    unknownToLog,
    sentAgain,
    deadLetters,
  };
}

function gatherRepairs(world: World, decided: Set<string>): Map<string, Repair> {
  const repairs = new Map<string, Repair>();
  for (const input of world.events(TOPICS.executionsRejected)) {
    if (input.type === 'RepairOpened') {
      const { executionId, meta } = input.event;
      if (executionId !== null) decided.add(executionId);
      if (!repairs.has(input.event.repairId)) {
        repairs.set(input.event.repairId, { ...input.event, lineageId: meta.lineageId, closed: null });
      }
    } else if (input.type === 'RepairClosed') {
      const repair = repairs.get(input.event.repairId);
      if (repair !== undefined) repair.closed = input.event.resolution;
    }
  }
  return repairs;
}

/** Puts every outcome with its report; returns which report each id on the wire belongs to. */
function gatherOutcomes(world: World, reports: Map<string, ReportStory>): Map<string, string> {
  const keyOfWireId = new Map<string, string>();
  const seen = new Set<string>();
  for (const record of world.ground.log.records(TOPICS.reportsOutcome)) {
    const input = world.ground.codec.decode(record.value);
    if (!OUTCOMES.has(input.type)) continue;
    const outcome = { ...input, appendedNs: record.appendedNs } as PlacedOutcome;
    const key = `${outcome.event.executionId}/${outcome.event.action}`;
    if (outcome.type === 'ReportIntended') keyOfWireId.set(outcome.event.reportId, key);
    if (seen.has(outcome.event.meta.eventId)) continue;
    seen.add(outcome.event.meta.eventId);
    reports.get(key)?.outcomes.push(outcome);
  }
  return keyOfWireId;
}

function matchJournal(world: World, keyOfWireId: ReadonlyMap<string, string>) {
  const accepted = new Map<string, JournalledReport[]>();
  const unknownToLog: JournalledReport[] = [];
  const sentAgain: JournalledReport[] = [];
  for (const entry of readJournal(world.journal())) {
    if (entry.kind === 'SEEN_TWICE' && !entry.possDup) sentAgain.push(entry);
    const key = keyOfWireId.get(entry.tradeReportId);
    if (key === undefined) {
      unknownToLog.push(entry);
    } else if (entry.kind === 'ACCEPTED') {
      accepted.set(key, [...(accepted.get(key) ?? []), entry]);
    }
  }
  return { accepted, unknownToLog, sentAgain };
}

function gatherAlerts(world: World): Alerts {
  const warned = new Set<string>();
  const breached: { executionId: string; lineageId: string; warnedBefore: boolean }[] = [];
  const met = new Set<string>();
  for (const input of world.events(TOPICS.obligationsAlerts)) {
    if (input.type === 'ObligationWarned') warned.add(input.event.executionId);
    else if (input.type === 'ObligationMet') met.add(input.event.executionId);
    else if (input.type === 'ObligationBreached') {
      const { executionId, meta } = input.event;
      breached.push({ executionId, lineageId: meta.lineageId, warnedBefore: warned.has(executionId) });
    }
  }
  return { warned, breached, met };
}
