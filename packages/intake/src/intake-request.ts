import type { Ns } from '@tapeclock/domain';
import type { Channel, ExecutionAction, ExecutionFields } from '@tapeclock/schemas';

/** One execution, cancel or correction as a gateway has mapped it: canonical names, values still text. */
export interface IntakeRequest {
  readonly source: string;
  readonly sourceExecutionId: string;
  /** What a cancel or correction refers to, as the source names it. */
  readonly refSourceExecutionId: string | null;
  readonly action: ExecutionAction;
  readonly channel: Channel;
  readonly sessionId: string;
  readonly sessionSeq: bigint | null;
  readonly fields: ExecutionFields;
  readonly originalFormat: string;
  readonly original: Uint8Array;
  /** When its bytes arrived. Never stands in for the execution time. */
  readonly receivedNs: Ns;
  /** Execution time where the gateway could read it, for the stamps only; enrichment judges the text. */
  readonly executedNs: Ns | null;
  readonly traceparent: string | null;
}

/**
 * What became of a request, told only once it is durable.
 * `DUPLICATE`: same id and same content as before; nothing was appended.
 * `CONFLICT`: same id with other content; appended all the same, so that enrichment opens a repair item.
 */
export interface IntakeResult {
  readonly status: 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT';
  readonly executionId: string;
  readonly lineageId: string;
}

/** An empty set of fields, to spread over. */
export const NO_FIELDS: ExecutionFields = {
  symbol: null,
  side: null,
  quantity: null,
  price: null,
  executedAt: null,
  mpid: null,
  contraMpid: null,
  capacity: null,
  contraCapacity: null,
  shortSale: null,
  facility: null,
  reportType: null,
  tradeType: null,
  referenceAt: null,
  settlement: null,
  tradeThrough: null,
  executingParty: null,
  account: null,
  accountHolderType: null,
  orderId: null,
  orderKeyDate: null,
  contraOrderId: null,
  clearingFirm: null,
  branchSequence: null,
  memo: null,
};
