import {
  type DecimalFault,
  type Ns,
  nsFromRfc3339,
  PRICE_SCALE,
  parseDecimal,
  QUANTITY_SCALE,
} from '@tapeclock/domain';
import type {
  Capacity,
  ExecutionAction,
  ExecutionFields,
  Facility,
  ReportType,
  ShortSale,
  Side,
  TradeType,
} from '@tapeclock/schemas';
import type { ReferenceView } from '../reference/reference-book.ts';
import type { Halt, MpidRow, Route, Security } from '../reference/rows.ts';
import { codesOf, FACILITY_CODES } from './vocabulary.ts';

/** An execution's text, read once. `null` means absent or unreadable: the rules tell which, from `fields`. */
export interface Reading {
  readonly action: ExecutionAction;
  readonly sourceExecutionId: string;
  readonly refSourceExecutionId: string | null;
  readonly fields: ExecutionFields;
  readonly nowNs: Ns;
  readonly executedNs: Ns | null;
  readonly quantityE6: bigint | DecimalFault | null;
  readonly priceE8: bigint | DecimalFault | null;
  readonly referenceNs: Ns | null;
  readonly orderKeyNs: Ns | null;
  readonly side: Side | null;
  readonly capacity: Capacity | null;
  readonly contraCapacity: Capacity | null;
  readonly shortSale: ShortSale | null;
  readonly reportType: ReportType | null;
  readonly tradeType: TradeType | null;
  readonly settlement: string | null;
  readonly facility: Facility | null;
  /** The rows in force at the execution; at `nowNs` where the execution time cannot be read. */
  readonly security: Security | null;
  readonly mpid: MpidRow | null;
  readonly contra: MpidRow | null;
  readonly halt: Halt | null;
  readonly route: Route | null;
}

/** What one reading is about, besides the fields. */
export interface ReadingSubject {
  readonly action: ExecutionAction;
  readonly sourceExecutionId: string;
  readonly refSourceExecutionId: string | null;
  readonly fields: ExecutionFields;
}

/** Contra of a trade with a customer or another firm that is no member. */
export const CUSTOMER = 'C';

/** Reads every field, whatever state it is in. Never throws and never fills in what is missing. */
export function readExecution(subject: ReadingSubject, reference: ReferenceView, nowNs: Ns): Reading {
  const { fields } = subject;
  const executedNs = instant(fields.executedAt);
  // Reference data must be asked as of some instant; now serves to check symbol and firm, never as execution time.
  const asOfNs = executedNs ?? nowNs;
  const security = present(fields.symbol) ? reference.security(fields.symbol, asOfNs) : null;
  const mpid = present(fields.mpid) ? reference.mpid(fields.mpid, asOfNs) : null;
  return {
    action: subject.action,
    sourceExecutionId: subject.sourceExecutionId,
    refSourceExecutionId: subject.refSourceExecutionId,
    fields,
    nowNs,
    executedNs,
    quantityE6: present(fields.quantity) ? parseDecimal(fields.quantity, QUANTITY_SCALE) : null,
    priceE8: present(fields.price) ? parseDecimal(fields.price, PRICE_SCALE) : null,
    referenceNs: instant(fields.referenceAt),
    orderKeyNs: instant(fields.orderKeyDate),
    side: codesOf.side.get(fields.side ?? '') ?? null,
    capacity: codesOf.capacity.get(fields.capacity ?? '') ?? null,
    contraCapacity: codesOf.capacity.get(fields.contraCapacity ?? '') ?? null,
    shortSale: present(fields.shortSale) ? (codesOf.shortSale.get(fields.shortSale) ?? null) : 'NONE',
    reportType: present(fields.reportType) ? (codesOf.reportType.get(fields.reportType) ?? null) : 'TAPE',
    tradeType: present(fields.tradeType) ? (codesOf.tradeType.get(fields.tradeType) ?? null) : 'REGULAR',
    settlement: present(fields.settlement) ? (codesOf.settlement.get(fields.settlement) ?? null) : 'REGULAR',
    facility: FACILITY_CODES.get(fields.facility ?? '') ?? null,
    security,
    mpid,
    contra:
      present(fields.contraMpid) && fields.contraMpid !== CUSTOMER
        ? reference.mpid(fields.contraMpid, asOfNs)
        : null,
    halt: executedNs !== null && security !== null ? reference.haltAt(security.symbol, executedNs) : null,
    route:
      security !== null && mpid !== null ? reference.route(mpid.mpid, security.symbolClass, asOfNs) : null,
  };
}

/** Absent and empty are the same: sources write a silent field either way. */
export function present(text: string | null): text is string {
  return text !== null && text !== '';
}

function instant(text: string | null): Ns | null {
  return present(text) ? nsFromRfc3339(text) : null;
}
