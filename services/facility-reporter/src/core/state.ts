import type { Ns } from '@tapeclock/domain';
import type { Facility } from '@tapeclock/schemas';
import type { ReportBook } from './book.ts';
import { Heap } from './heap.ts';
import { Lane } from './lane.ts';
import type { RejectMeanings } from './reject-class.ts';
import type { Report } from './report.ts';
import type { CoreSettings } from './settings.ts';

/** Everything one instance knows. Only the functions of `core/` touch it, each call in one piece. */
export interface ReporterState {
  readonly settings: CoreSettings;
  readonly rejects: RejectMeanings;
  /** Reports, by partition number that this instance owns. */
  readonly books: Map<number, ReportBook>;
  /** Sessions, by id. */
  readonly lanes: Map<string, Lane>;
  /** The session that carries new reports to a facility. */
  readonly laneOf: Map<Facility, Lane>;
  /** Held until a facility opens, by UTC. */
  readonly opening: Heap<Report>;
  /** Held after a refusal that passes, by steady time. */
  readonly retrying: Heap<Report>;
  readonly doubts: Set<Report>;
  /** Reports that a query is under way about, by its id. */
  readonly queries: Map<string, Report>;
  /** Partitions there are; who owns them all knows every report that is his. */
  readonly partitionCount: number;
  /** Nothing new is sent any more; answers are still taken. */
  draining: boolean;
  /** Steady time at which some doubt has something to do. */
  doubtsDueNs: Ns | null;
}

export interface SessionOfFacility {
  readonly sessionId: string;
  readonly facility: Facility;
  readonly answersQueries: boolean;
}

export function createReporter(
  settings: CoreSettings,
  rejects: RejectMeanings,
  sessions: readonly SessionOfFacility[],
  partitionCount: number,
): ReporterState {
  const state: ReporterState = {
    settings,
    rejects,
    books: new Map(),
    lanes: new Map(),
    laneOf: new Map(),
    opening: new Heap(),
    retrying: new Heap(),
    doubts: new Set(),
    queries: new Map(),
    partitionCount,
    draining: false,
    doubtsDueNs: null,
  };
  for (const session of sessions) {
    const lane = new Lane({ ...session, sendsReports: true }, settings);
    state.lanes.set(lane.sessionId, lane);
    state.laneOf.set(lane.facility, lane);
  }
  return state;
}

/** The session of an instance that is gone, resumed to settle what it left. */
export function adoptSession(state: ReporterState, session: SessionOfFacility): void {
  if (state.lanes.has(session.sessionId)) return;
  state.lanes.set(session.sessionId, new Lane({ ...session, sendsReports: false }, state.settings));
}

/** By the id on the wire or enrichment's; also what another instance now owns while our session carries it. */
export function findReport(state: ReporterState, sessionId: string | null, id: string): Report | null {
  const inFlight = sessionId === null ? undefined : state.lanes.get(sessionId)?.flight.get(id);
  if (inFlight !== undefined) return inFlight;
  for (const book of state.books.values()) {
    const report = book.find(id);
    if (report !== null) return report;
  }
  return null;
}

/** False for a report whose partition has moved away: whoever owns it now decides about it. */
export function owns(state: ReporterState, report: Report): boolean {
  return state.books.get(report.partition)?.find(report.reportId) === report;
}

export function doubtsChanged(state: ReporterState, dueNs: Ns): void {
  if (state.doubtsDueNs === null || dueNs < state.doubtsDueNs) state.doubtsDueNs = dueNs;
}
