/** How a trade in CAT is tied to the trade report at the facility: tapeTradeID, marketCenterID, or why there is none. */
import submission from '../../../../rulebook/cat/submission.json' with { type: 'json' };
import type { Facility } from '../facility.ts';

/**
 * `REPORTED`: we reported it to the facility under `tapeTradeId`.
 * `EXCEPTION`: nothing of ours is there: F Form T, N the non-FINRA counterparty's side reports, P same beneficial owner.
 * `CONTRA`: the other side of a QSR or AGU report; CAT cannot see its cancels, so ours must tell them.
 */
export type TapeLinkage =
  | { readonly kind: 'REPORTED'; readonly facility: Facility; readonly tapeTradeId: string }
  | { readonly kind: 'EXCEPTION'; readonly code: 'F' | 'N' | 'P' }
  | {
      readonly kind: 'CONTRA';
      readonly facility: Facility;
      readonly clearingFirm: bigint;
      readonly counterparty: string;
    };

/** marketCenterID of a facility (spec: marketCenterID codes). */
export function marketCenterId(facility: Facility): string {
  return submission.marketCenters[facility].code;
}

/**
 * The id that the facility was given and CAT will look for. The FINRA/Nasdaq TRFs go by branch sequence number where the
 * firm sent one; everywhere else, and without one, it is our TradeReportID.
 */
export function tapeTradeId(facility: Facility, reportId: string, branchSequence: string | null): string {
  const byBranch = submission.marketCenters[facility].tapeTradeIdIs === 'branch sequence number';
  return byBranch && branchSequence !== null && branchSequence !== '' ? branchSequence : reportId;
}
