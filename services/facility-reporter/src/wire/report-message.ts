import { easternDate, formatDecimal, type Ns, PRICE_SCALE, QUANTITY_SCALE } from '@tapeclock/domain';
import { type Field, formatUtcTimestamp, MsgType, type OutgoingMessage, Tag } from '@tapeclock/fix';
import type { ReportAction, TradeReportable } from '@tapeclock/schemas';
import type { Control } from '../core/report.ts';
import type { FacilityProfile } from './profile.ts';

const AS_OF_INDICATOR = 1015;
const PARTY_ID_SOURCE_CUSTOM = 'C';
const SECURITY_ID_SOURCE_SYMBOL = '8';
const SUB_ID = { count: 802, id: 523, type: 803, branchSequence: '24' } as const;
const ROLE = { executing: '1', contra: '17', clearing: '83' } as const;
/** 487 and 856 together say what is asked for; cancel and reversal share them (6.4). */
const KIND: Readonly<Record<ReportAction, readonly [transType: string, reportType: string]>> = {
  NEW: ['0', '0'],
  CANCEL: ['1', '6'],
  REVERSAL: ['1', '6'],
  CORRECT: ['2', '5'],
};

export interface ReportToWrite {
  readonly wireId: string;
  readonly action: ReportAction;
  readonly order: TradeReportable;
  readonly possResend: boolean;
  /** Of the report that is taken back or corrected. */
  readonly reference: Control | null;
  /** Field and wire code, already in the facility's own letters. */
  readonly modifiers: readonly { readonly field: number; readonly wire: string }[];
}

/**
 * TradeCaptureReport (AE): new (6.3), cancel, reversal or correction (6.4). The session adds the header. Cancels and
 * corrections identify the trade by control number and date alone: with 572 beside them the original parties would
 * have to be told too.
 */
export function reportMessage(report: ReportToWrite, profile: FacilityProfile): OutgoingMessage {
  const { order, action, reference } = report;
  const { execution, decision } = order;
  const { answer, report: shape } = profile;
  const [transType, reportType] = KIND[action];
  const isCancel = action === 'CANCEL';
  const fields: Field[] = [];
  if (report.possResend) fields.push([Tag.PossResend, 'Y']);
  fields.push([Tag.TradeReportID, report.wireId]);
  fields.push([Tag.TradeReportTransType, transType], [Tag.TradeReportType, reportType]);
  if (reference !== null) {
    fields.push([answer.controlNumberTag, reference.number], [answer.controlDateTag, reference.date]);
  }
  fields.push(
    [Tag.PreviouslyReported, 'N'],
    [AS_OF_INDICATOR, decision.asOf || action === 'REVERSAL' ? '1' : '0'],
    [Tag.SecurityID, execution.symbol],
    [Tag.SecurityIDSource, SECURITY_ID_SOURCE_SYMBOL],
    [Tag.LastQty, formatDecimal(execution.quantityE6, QUANTITY_SCALE)],
    [Tag.LastPx, formatDecimal(execution.priceE8, PRICE_SCALE)],
    [Tag.TradeDate, tradeDate(execution.executedNs)],
    [Tag.TransactTime, formatUtcTimestamp(execution.executedNs, shape.timeFractionDigits)],
  );
  if (!isCancel) fields.push(...extras(report, profile));
  fields.push([Tag.NoSides, isCancel ? 1 : 2], ...ownSide(order, profile));
  if (!isCancel) fields.push(...contraSide(order, profile));
  return { msgType: MsgType.TradeCaptureReport, fields };
}

function extras({ order, modifiers }: ReportToWrite, { report: shape }: FacilityProfile): Field[] {
  const { execution } = order;
  const fields: Field[] = [];
  if (shape.publishTag !== null) fields.push([shape.publishTag, execution.reportType === 'TAPE' ? 'Y' : 'N']);
  for (const { field, wire } of modifiers) {
    const tag = shape.modifierTags[field - 1];
    if (tag !== undefined) fields.push([tag, wire]);
  }
  if (shape.referenceTimeTag !== null && execution.referenceNs !== null) {
    const time = formatUtcTimestamp(execution.referenceNs, shape.timeFractionDigits);
    fields.push([shape.referenceTimeTag, time]);
  }
  if (shape.memoTag !== null && execution.memo !== null) fields.push([shape.memoTag, execution.memo]);
  return fields;
}

function ownSide({ execution, executionId }: TradeReportable, { report: shape }: FacilityProfile): Field[] {
  const { shortSale, clearingFirm, branchSequence } = execution;
  const plain = shape.sides[execution.side][0];
  const side = shortSale === 'NONE' ? plain : (shape.shortSale?.[shortSale] ?? plain);
  const fields: Field[] = [
    [Tag.Side, side],
    [Tag.OrderID, execution.orderId ?? executionId],
  ];
  fields.push([Tag.NoPartyIDs, clearingFirm === null ? 1 : 2]);
  fields.push(...party(execution.mpid, ROLE.executing));
  if (branchSequence !== null) {
    fields.push([SUB_ID.count, 1], [SUB_ID.id, branchSequence], [SUB_ID.type, SUB_ID.branchSequence]);
  }
  if (clearingFirm !== null) fields.push(...party(clearingFirm, ROLE.clearing));
  fields.push([Tag.OrderCapacity, shape.capacities[execution.capacity]]);
  return fields;
}

function contraSide({ execution }: TradeReportable, { report: shape }: FacilityProfile): Field[] {
  const fields: Field[] = [
    [Tag.Side, shape.sides[execution.side][1]],
    // Required and ignored by the facility (6.3).
    [Tag.OrderID, 'NONE'],
    [Tag.NoPartyIDs, 1],
    ...party(execution.contraMpid, ROLE.contra),
  ];
  if (execution.contraCapacity !== null) {
    fields.push([Tag.OrderCapacity, shape.capacities[execution.contraCapacity]]);
  }
  return fields;
}

function party(id: string, role: string): Field[] {
  return [
    [Tag.PartyID, id],
    [Tag.PartyIDSource, PARTY_ID_SOURCE_CUSTOM],
    [Tag.PartyRole, role],
  ];
}

/** Eastern date of the execution (6.3), also on a cancel made on a later day. */
function tradeDate(executedNs: Ns): string {
  return easternDate(executedNs).replaceAll('-', '');
}
