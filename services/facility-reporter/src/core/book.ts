import { eventId, type Ns, reportId as reportIdOf } from '@tapeclock/domain';
import type { ReportAction, TradeReportable } from '@tapeclock/schemas';
import { isSettled, type Report } from './report.ts';

/**
 * All reports of one partition number. A lineage's reports go one after the other: each waits until those before it
 * are settled, while lineages overtake each other freely.
 */
export class ReportBook {
  readonly partition: number;
  /**
   * Everything about executions received from this instant on is known; null: all of the horizon is. After a restart the
   * recent past is read first, so that reporting goes on while the rest is still being read.
   */
  knownSinceNs: Ns | null = null;
  readonly #reportsMax: number;
  /** By the id enrichment gave; oldest first. */
  readonly #reports = new Map<string, Report>();
  /** Ids after a refusal that allowed another try. */
  readonly #retryIds = new Map<string, Report>();
  /** Reports of a lineage that are not settled, in the order in which they came. */
  readonly #open = new Map<string, Report[]>();

  constructor(partition: number, reportsMax: number) {
    this.partition = partition;
    this.#reportsMax = reportsMax;
  }

  get openLineages(): number {
    return this.#open.size;
  }

  /** By either id. */
  find(id: string): Report | null {
    return this.#reports.get(id) ?? this.#retryIds.get(id) ?? null;
  }

  add(report: Report): void {
    this.#reports.set(report.reportId, report);
    if (!isSettled(report)) this.#joinLineage(report);
    this.#forgetOldest();
  }

  nameRetry(report: Report): void {
    this.#retryIds.set(report.wireId, report);
  }

  /** The earliest of its lineage that is not settled nor out of the way. */
  head(lineageId: string): Report | null {
    return this.#open.get(lineageId)?.find((report) => !isParked(report)) ?? null;
  }

  /** Reports of a lineage that are not settled, in order. */
  openOf(lineageId: string): readonly Report[] {
    return this.#open.get(lineageId) ?? [];
  }

  /** A report that has been settled no longer stands in the way of the next one. */
  leaveLineage(report: Report): void {
    const open = this.#open.get(report.lineageId);
    if (open === undefined) return;
    const at = open.indexOf(report);
    if (at >= 0) open.splice(at, 1);
    if (open.length === 0) this.#open.delete(report.lineageId);
  }

  /** Takes in what an older part of the log told. What is known here is later and stands. Returns what is new and open. */
  merge(older: ReportBook): readonly Report[] {
    const opened: Report[] = [];
    for (const report of older.#reports.values()) {
      const known = this.#reports.get(report.reportId);
      if (known !== undefined) {
        // Attempts go on counting where they began, so that no two events of one report share an id.
        known.attempt = Math.max(known.attempt, report.attempt);
        continue;
      }
      this.#reports.set(report.reportId, report);
      if (report.wireId !== report.reportId) this.#retryIds.set(report.wireId, report);
      if (isSettled(report)) continue;
      const open = this.#open.get(report.lineageId);
      if (open === undefined) this.#open.set(report.lineageId, [report]);
      else open.unshift(report);
      opened.push(report);
    }
    this.knownSinceNs = null;
    return opened;
  }

  *unsettled(): Iterable<Report> {
    for (const open of this.#open.values()) yield* open;
  }

  #joinLineage(report: Report): void {
    const open = this.#open.get(report.lineageId);
    if (open === undefined) this.#open.set(report.lineageId, [report]);
    else open.push(report);
  }

  #forgetOldest(): void {
    while (this.#reports.size > this.#reportsMax) {
      const [oldest] = this.#reports.values();
      if (oldest === undefined) return;
      this.#reports.delete(oldest.reportId);
      // What is open stays, however old: it moves to the young end.
      if (!isSettled(oldest)) {
        this.#reports.set(oldest.reportId, oldest);
        return;
      }
      if (oldest.wireId !== oldest.reportId) this.#retryIds.delete(oldest.wireId);
    }
  }
}

/** Waits for something that may never come, so it must not stand in the way of the rest of its lineage. */
export function isParked(report: Report): boolean {
  return (
    report.phase === 'waiting' &&
    (report.hold === 'REFERENCE_REJECTED' ||
      report.hold === 'REFERENCE_UNKNOWN' ||
      report.hold === 'CANCEL_REJECTED')
  );
}

/** The id that enrichment gives: outcomes name the id on the wire, which may be a later try's. */
export function originalReportId(executionId: string, action: ReportAction): string {
  return reportIdOf(executionId as Parameters<typeof reportIdOf>[0], action);
}

/** What is kept of a trade while its report is open: the trace is the largest part of it and nobody here reads it. */
export function orderOf(trade: TradeReportable): TradeReportable {
  return { ...trade, decision: { ...trade.decision, trace: [] } };
}

/** Id of an event about one report: the same cause makes the same id. */
export function reportEventId(type: string, report: Report, ...causes: readonly string[]): string {
  return eventId(type, report.reportId, String(report.attempt), ...causes);
}
