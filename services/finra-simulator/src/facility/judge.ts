import { easternOf, minutesOf } from './eastern-hours.ts';
import type { FacilityProduct } from './facility-config.ts';
import type { FacilityFaults } from './facility-faults.ts';
import type { TradeReport } from './trade-report.ts';

/** Why a report is refused: reject code (751) and text (58). */
export interface Refusal {
  readonly code: string;
  readonly text: string;
}

export interface KnownReport {
  readonly tradeReportId: string;
  readonly facility: string;
  readonly controlNumber: string;
  readonly controlDate: string;
  readonly symbol: string;
  open: boolean;
}

/** Looks reports up the way the wire names them. */
export interface KnownReports {
  byReportId(facility: string, tradeReportId: string): KnownReport | null;
  byControlNumber(facility: string, controlNumber: string): KnownReport | null;
}

/** The checks of the facility, in its order; null means the report is taken. Codes as in the Treasury native list. */
export function judge(
  report: TradeReport,
  product: FacilityProduct,
  known: KnownReports,
  faults: FacilityFaults,
  nowNs: bigint,
): Refusal | null {
  const executedNs = transactTimeNs(report.transactTime);
  if (report.tradeReportId === '' || report.tradeReportId.length > 20)
    return refuse('041', 'CLIENT TRADE ID MISSING OR TOO LONG');
  if (isClosed(product, faults, nowNs)) return refuse('206', 'OUTSIDE FACILITY HOURS');
  if (!/^[A-Z][A-Z0-9.]{0,13}$/.test(report.symbol)) return refuse('062', 'BAD SYMBOL');
  if (!/^\d{1,12}(\.\d{1,6})?$/.test(report.quantity) || Number(report.quantity) === 0)
    return refuse('078', 'BAD VOLUME');
  if (!/^\d{1,8}(\.\d{1,6})?$/.test(report.price) || Number(report.price) === 0)
    return refuse('019', 'BAD PRICE');
  if (executedNs === null) return refuse('178', 'BAD EXECUTION TIME');
  if (executedNs > nowNs + CLOCK_TOLERANCE_NS) return refuse('138', 'EXECUTION TIME LATER THAN REPORT TIME');
  if (!/^\d{8}$/.test(report.tradeDate) || report.tradeDate !== easternOf(executedNs).date)
    return refuse('044', 'BAD EXECUTION DATE');
  if (report.executingMpid === null) return refuse('031', 'REPORTING PARTY REQUIRED');
  if (report.contraMpid === null && report.action !== 'CANCEL') return refuse('098', 'CONTRA REQUIRED');
  const earlier = known.byReportId(product.facility, report.tradeReportId);
  if (earlier !== null && faults.duplicateDetection)
    return refuse('040', `DUPLICATE OF ${earlier.controlNumber}`);
  return report.action === 'NEW' ? null : judgeReference(report, product, known);
}

function judgeReference(report: TradeReport, product: FacilityProduct, known: KnownReports): Refusal | null {
  const target = findReference(report, product.facility, known);
  if (target === null) return refuse('072', 'TRADE NOT FOUND');
  if (!target.open) return refuse('105', 'ALREADY CANCELLED');
  if (report.action === 'CORRECT' && target.symbol !== report.symbol)
    return refuse('114', 'CORRECTION MAY NOT ALTER SYMBOL');
  return null;
}

/** The report that a cancel, correction or reversal is about. */
export function findReference(
  report: TradeReport,
  facility: string,
  known: KnownReports,
): KnownReport | null {
  if (report.refControlNumber !== null) return known.byControlNumber(facility, report.refControlNumber);
  return report.refTradeReportId === null ? null : known.byReportId(facility, report.refTradeReportId);
}

function isClosed(product: FacilityProduct, faults: FacilityFaults, nowNs: bigint): boolean {
  if (faults.closed) return true;
  const { minuteOfDay, weekend } = easternOf(nowNs);
  return weekend || minuteOfDay < minutesOf(product.open) || minuteOfDay >= minutesOf(product.close);
}

/** TransactTime (60), `YYYYMMDD-HH:MM:SS` with up to nine fraction digits, UTC. */
export function transactTimeNs(text: string): bigint | null {
  const match = /^(\d{4})(\d{2})(\d{2})-(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?$/.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const epochMs = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  return BigInt(epochMs) * 1_000_000n + BigInt(fraction.padEnd(9, '0'));
}

const refuse = (code: string, text: string): Refusal => ({ code, text });
const CLOCK_TOLERANCE_NS = 1_000_000_000n;
