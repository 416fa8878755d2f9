import type { Side } from '@tapeclock/schemas';
import type { MpidKind } from '../reference/rows.ts';
import { CUSTOMER } from '../validation/reading.ts';

export type ReportingRole = 'EXECUTING_PARTY' | 'NON_EXECUTING_PARTY';

export interface ReportingSide {
  readonly role: ReportingRole;
  readonly reason: string;
}

/**
 * Who reports. The executing party does: the member that receives the order, does not route it on, and executes it.
 * Where two members could be that, the sell side reports unless both agreed otherwise and wrote it down
 * (Regulatory Notice 09-08); such an agreement reaches us as `executingParty`.
 */
export function reportingSide(trade: {
  readonly executingParty: string | null;
  readonly contraMpid: string;
  readonly side: Side;
  readonly mpidKind: MpidKind;
}): ReportingSide {
  const ours = (reason: string): ReportingSide => ({ role: 'EXECUTING_PARTY', reason });
  if (trade.executingParty === 'Y') return ours('The source says that this firm executed.');
  if (trade.executingParty === 'N') {
    return { role: 'NON_EXECUTING_PARTY', reason: 'The source says that the contra executed.' };
  }
  if (trade.contraMpid === CUSTOMER) return ours('The member reports a trade with a customer.');
  if (trade.mpidKind === 'ATS') return ours('The ATS executes the orders presented to it.');
  if (trade.side === 'CROSS') return ours('The firm crossed the orders itself.');
  if (trade.side === 'SELL') return ours('Between two members, with nothing agreed, the sell side reports.');
  return {
    role: 'NON_EXECUTING_PARTY',
    reason: 'Between two members, with nothing agreed, the sell side reports; this firm bought.',
  };
}
