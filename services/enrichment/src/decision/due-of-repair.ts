import type { Facility, Ns } from '@tapeclock/domain';
import type { ReportableExecution } from '@tapeclock/schemas';
import type { Reading } from '../validation/reading.ts';
import { chooseFacility } from './choose-facility.ts';
import type { Decide } from './decide.ts';

/** Last instant that the log can carry; a wrong year can lead beyond it. */
const NS_MAX: Ns = 2n ** 63n - 1n;

/**
 * Until when a refused record is due, told from what can be read of it: the window runs while it is in repair.
 * Null when the execution time cannot be read, or the rulebook says that nothing is due.
 */
export function dueOfRepair(
  reading: Reading,
  decide: Decide,
  presumedFacility: Facility,
): { readonly dueAtNs: Ns | null; readonly facility: Facility | null } {
  const facility = chooseFacility(reading)?.facility ?? null;
  const { executedNs } = reading;
  if (executedNs === null) return { dueAtNs: null, facility };
  try {
    const { decision } = decide({
      // The window of a cancel with no trade to go by is taken as that of a trade executed at its instant.
      action: 'NEW',
      execution: presumedExecution(reading, executedNs),
      facility: facility ?? presumed(reading, presumedFacility),
      actedNs: executedNs,
      // Who reports may be the very thing that is wrong: taken to be this firm, so that no deadline is missed.
      role: 'EXECUTING_PARTY',
      original: null,
    });
    const isDue = decision.reportable && decision.dueAtNs <= NS_MAX;
    return { dueAtNs: isDue ? decision.dueAtNs : null, facility };
  } catch {
    // An instant beyond the rulebook's years is one reason to be here; the item simply shows no deadline.
    return { dueAtNs: null, facility };
  }
}

function presumed({ security }: Reading, facility: Facility): Facility {
  return security !== null && security.symbolClass !== 'NMS' ? 'ORF' : facility;
}

/** What the deadline depends on, as read; plain values elsewhere. Never leaves this file. */
function presumedExecution(reading: Reading, executedNs: Ns): ReportableExecution {
  return {
    symbol: reading.fields.symbol ?? '',
    symbolClass: reading.security?.symbolClass ?? 'NMS',
    side: reading.side ?? 'SELL',
    quantityE6: 1_000_000n,
    priceE8: 100_000_000n,
    executedNs,
    mpid: reading.fields.mpid ?? '',
    contraMpid: reading.fields.contraMpid ?? '',
    capacity: reading.capacity ?? 'PRINCIPAL',
    contraCapacity: null,
    shortSale: 'NONE',
    reportType: reading.reportType ?? 'TAPE',
    tradeType: 'REGULAR',
    referenceNs: null,
    settlement: 'REGULAR',
    tradeThrough: null,
    account: null,
    accountHolderType: null,
    orderId: null,
    orderKeyNs: null,
    contraOrderId: null,
    clearingFirm: null,
    branchSequence: null,
    memo: null,
  };
}
