import type { Facility, Ns, SymbolClass } from '@tapeclock/domain';

/** Tables of reference data, by the name they carry in `ReferenceUpdated.table`. */
export const REFERENCE_TABLES = ['securities', 'mpids', 'halts', 'routing'] as const;
export type ReferenceTable = (typeof REFERENCE_TABLES)[number];

/** One security. Listing is the half-open interval `[listedFromNs, delistedFromNs)`. */
export interface Security {
  readonly symbol: string;
  readonly name: string;
  readonly symbolClass: SymbolClass;
  /** Listing exchange, or OTC. */
  readonly exchange: string;
  /** A, B or C; null where no SIP carries it. */
  readonly tape: string | null;
  readonly roundLot: number;
  readonly status: 'ACTIVE' | 'SUSPENDED';
  readonly listedFromNs: Ns;
  readonly delistedFromNs: Ns | null;
}

/** What an MPID may do. CLEARING clears for others and never executes; an ATS reports under its own MPID (6160, 6183). */
export const MPID_KINDS = ['BROKER', 'MARKET_MAKER', 'ATS', 'CLEARING'] as const;
export type MpidKind = (typeof MPID_KINDS)[number];

/** One market participant identifier. In force in `[effectiveFromNs, effectiveToNs)`. */
export interface MpidRow {
  readonly mpid: string;
  readonly firm: string;
  readonly kind: MpidKind;
  /** NSCC clearing number of the firm, digits. */
  readonly clearingNumber: string;
  /** Facilities whose participation agreement this MPID has signed; empty for a contra that only faces us. */
  readonly facilities: readonly Facility[];
  readonly effectiveFromNs: Ns;
  readonly effectiveToNs: Ns | null;
}

/** One halt of one symbol, `[fromNs, toNs)`; open-ended while `toNs` is null. `code` is the listing exchange's reason. */
export interface Halt {
  readonly symbol: string;
  readonly code: string;
  readonly fromNs: Ns;
  readonly toNs: Ns | null;
}

/** Where one MPID (or `*`) reports one class of security: first choice, and the facility it is also connected to. */
export interface Route {
  readonly mpid: string;
  readonly symbolClass: SymbolClass;
  readonly preferred: Facility;
  readonly second: Facility | null;
}

export interface ReferenceRows {
  readonly securities: readonly Security[];
  readonly mpids: readonly MpidRow[];
  readonly halts: readonly Halt[];
  readonly routing: readonly Route[];
}

/** Keys as `ReferenceUpdated.key` carries them. */
export const keyOf = {
  securities: (row: Security) => row.symbol,
  mpids: (row: MpidRow) => row.mpid,
  halts: (row: Halt) => haltKey(row.symbol, row.fromNs),
  routing: (row: Route) => routeKey(row.mpid, row.symbolClass),
} as const;

/** A halt is known by its symbol and the instant it began: ending it is an update of the same row. */
export function haltKey(symbol: string, fromNs: Ns): string {
  return `${symbol}@${fromNs}`;
}

export function routeKey(mpid: string, symbolClass: SymbolClass): string {
  return `${mpid}/${symbolClass}`;
}
