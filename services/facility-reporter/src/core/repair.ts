import { eventId, formatDecimal, PRICE_SCALE, QUANTITY_SCALE, rfc3339FromNs } from '@tapeclock/domain';
import type { ExecutionFields, TradeReportable } from '@tapeclock/schemas';
import { metaOf, subjectOf } from './events.ts';
import type { Moment } from './moment.ts';
import type { Output } from './output.ts';
import type { RejectMeaning } from './reject-class.ts';
import type { Report } from './report.ts';

/** What a person mends after a refusal: the report's fields as text again, beside the bytes that were refused. */
export function repairEvent(
  report: Report,
  order: TradeReportable,
  refusal: { readonly code: string; readonly text: string; readonly meaning: RejectMeaning },
  refSourceExecutionId: string | null,
  moment: Moment,
): Output {
  const { code, text, meaning } = refusal;
  const { facility, dueAtNs, executionId, wireId } = { ...subjectOf(report), wireId: report.wireId };
  return {
    kind: 'append',
    type: 'RepairOpened',
    event: {
      meta: metaOf('RepairOpened', report, moment),
      repairId: eventId('Repair', 'facility', wireId, String(report.attempt)),
      stage: 'facility',
      executionId,
      source: order.source,
      sourceExecutionId: order.sourceExecutionId,
      action: report.action === 'REVERSAL' ? 'CANCEL' : report.action,
      refSourceExecutionId,
      // The trade's own channel is not known here; what is attached is the report's FIX message.
      channel: 'FIX',
      issues: [
        {
          code: `FACILITY_${code}`,
          field: '',
          value: wireId,
          message: `${facility} refused the report: ${text || meaning.cause}`,
          action: meaning.action,
        },
      ],
      fields: fieldsOf(order),
      originalFormat: 'fix',
      original: report.message ?? new Uint8Array(),
      dueAtNs,
      facility,
      reportId: wireId,
    },
  };
}

const CAPACITY_CODE = { AGENCY: 'A', PRINCIPAL: 'P', RISKLESS_PRINCIPAL: 'R' } as const;
const SIDE_CODE = { BUY: 'B', SELL: 'S', CROSS: 'X' } as const;
const SHORT_SALE_CODE = { NONE: 'N', SHORT: 'S', SHORT_EXEMPT: 'E' } as const;

/** The execution in the words in which sources tell it. */
export function fieldsOf({ execution, facility }: TradeReportable): ExecutionFields {
  const { contraCapacity, referenceNs, orderKeyNs } = execution;
  return {
    symbol: execution.symbol,
    side: SIDE_CODE[execution.side],
    quantity: formatDecimal(execution.quantityE6, QUANTITY_SCALE),
    price: formatDecimal(execution.priceE8, PRICE_SCALE),
    executedAt: rfc3339FromNs(execution.executedNs),
    mpid: execution.mpid,
    contraMpid: execution.contraMpid,
    capacity: CAPACITY_CODE[execution.capacity],
    contraCapacity: contraCapacity === null ? null : CAPACITY_CODE[contraCapacity],
    shortSale: SHORT_SALE_CODE[execution.shortSale],
    facility,
    reportType: execution.reportType,
    tradeType: execution.tradeType,
    referenceAt: referenceNs === null ? null : rfc3339FromNs(referenceNs),
    settlement: execution.settlement,
    tradeThrough: execution.tradeThrough,
    // Only the executing party reports, so it was us.
    executingParty: 'Y',
    account: execution.account,
    accountHolderType: execution.accountHolderType,
    orderId: execution.orderId,
    orderKeyDate: orderKeyNs === null ? null : rfc3339FromNs(orderKeyNs),
    contraOrderId: execution.contraOrderId,
    clearingFirm: execution.clearingFirm,
    branchSequence: execution.branchSequence,
    memo: execution.memo,
  };
}
