import { rfc3339FromNs } from '@tapeclock/domain';
import { easternOf, minutesOf } from './eastern-hours.ts';
import type { FacilityProduct } from './facility-config.ts';
import type { FacilityFaults } from './facility-faults.ts';
import type { JournalEntry, ReportEntry } from './journal-entry.ts';
import {
  findReference,
  judge,
  type KnownReport,
  type KnownReports,
  type Refusal,
  transactTimeNs,
} from './judge.ts';
import type { TradeReport } from './trade-report.ts';

/** What the facility decided about one report; `journal` must be durable before `answer` leaves. */
export interface Verdict {
  readonly journal: readonly JournalEntry[];
  readonly answer:
    | {
        readonly kind: 'ACCEPTED';
        readonly controlDate: string;
        readonly controlNumber: string;
        readonly refControlNumber: string | null;
        /** Field 3 as the system generates it: `T`, `U`, `Z` or null. */
        readonly modifier3: string | null;
      }
    | ({ readonly kind: 'REJECTED' } & Refusal);
}

/** Everything the facility knows about reports: rebuilt from its journal, by itself. */
export class FacilityBook implements KnownReports {
  readonly #byReportId = new Map<string, KnownReport>();
  readonly #byControlNumber = new Map<string, KnownReport>();
  readonly #windowNs: bigint;
  #nextControl = 1;

  constructor(windowMs: number) {
    this.#windowNs = BigInt(windowMs) * 1_000_000n;
  }

  byReportId(facility: string, tradeReportId: string): KnownReport | null {
    return this.#byReportId.get(`${facility}/${tradeReportId}`) ?? null;
  }

  byControlNumber(facility: string, controlNumber: string): KnownReport | null {
    return this.#byControlNumber.get(`${facility}/${controlNumber}`) ?? null;
  }

  /** Takes one journal line back in after a restart. */
  restore(entry: JournalEntry): void {
    if (entry.kind === 'ACCEPTED') this.#remember(entry, entry.controlDate, entry.controlNumber);
  }

  take(
    report: TradeReport,
    from: { readonly session: string; readonly seq: number; readonly possDup: boolean },
    product: FacilityProduct,
    faults: FacilityFaults,
    chance: Refusal | null,
    nowNs: bigint,
  ): Verdict {
    const executedNs = transactTimeNs(report.transactTime);
    // A correction or cancel has a window of its own, from an instant that the wire does not carry: only new trades are timed.
    const late = report.action === 'NEW' && executedNs !== null && nowNs - executedNs > this.#windowNs;
    const entry: ReportEntry = {
      at: rfc3339FromNs(nowNs),
      session: from.session,
      seq: from.seq,
      facility: product.facility,
      action: report.action,
      tradeReportId: report.tradeReportId,
      ref: report.refControlNumber ?? report.refTradeReportId,
      symbol: report.symbol,
      quantity: report.quantity,
      price: report.price,
      executedAt: report.transactTime,
      late,
    };
    const journal: JournalEntry[] = [];
    const earlier = this.byReportId(product.facility, report.tradeReportId);
    if (earlier !== null) {
      journal.push({
        ...entry,
        kind: 'SEEN_TWICE',
        controlNumber: earlier.controlNumber,
        possDup: from.possDup,
      });
    }
    const refusal = judge(report, product, this, faults, nowNs) ?? chance;
    if (refusal !== null) {
      journal.push({ ...entry, kind: 'REJECTED', ...refusal });
      return { journal, answer: { kind: 'REJECTED', ...refusal } };
    }
    const controlDate = easternOf(nowNs).date;
    const controlNumber = `2${this.#nextControl.toString().padStart(9, '0')}`;
    const target = report.action === 'NEW' ? null : findReference(report, product.facility, this);
    journal.push({ ...entry, kind: 'ACCEPTED', controlDate, controlNumber });
    this.#remember({ ...entry, ref: target?.controlNumber ?? entry.ref }, controlDate, controlNumber);
    return {
      journal,
      answer: {
        kind: 'ACCEPTED',
        controlDate,
        controlNumber,
        refControlNumber: target?.controlNumber ?? null,
        modifier3: modifier3(executedNs ?? nowNs, late),
      },
    };
  }

  #remember(entry: ReportEntry, controlDate: string, controlNumber: string): void {
    const target =
      entry.ref === null
        ? null
        : (this.byControlNumber(entry.facility, entry.ref) ?? this.byReportId(entry.facility, entry.ref));
    if (target !== null) target.open = false;
    const known: KnownReport = {
      tradeReportId: entry.tradeReportId,
      facility: entry.facility,
      controlDate,
      controlNumber,
      symbol: entry.symbol,
      open: entry.action === 'NEW' || entry.action === 'CORRECT',
    };
    // Without duplicate detection a second report is a trade of its own; the id keeps naming the first.
    const byId = `${entry.facility}/${entry.tradeReportId}`;
    if (!this.#byReportId.has(byId)) this.#byReportId.set(byId, known);
    this.#byControlNumber.set(`${entry.facility}/${controlNumber}`, known);
    this.#nextControl = Math.max(this.#nextControl, Number(controlNumber.slice(1)) + 1);
  }
}

/** The late and hours modifier that the system puts on what it takes: by execution time, and by lateness. */
function modifier3(executedNs: bigint, late: boolean): string | null {
  const { minuteOfDay, weekend } = easternOf(executedNs);
  const normal = !weekend && minuteOfDay >= NORMAL_OPEN && minuteOfDay < NORMAL_CLOSE;
  if (normal) return late ? 'Z' : null;
  return late ? 'U' : 'T';
}
const NORMAL_OPEN = minutesOf('09:30');
const NORMAL_CLOSE = minutesOf('16:00');
