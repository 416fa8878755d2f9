/**
 * Whose order or account stands on each side of a trade (buyDetails, sellDetails). One side only where the other party
 * is an industry member, who reports its own (spec: one-sided MEOT).
 */
import type { Ns } from '../ns.ts';

/** What backs one side: an order already in CAT, or the firm's own account. Never both (errors 2114, 2148). */
export type SideSubject =
  | { readonly kind: 'ORDER'; readonly orderId: string; readonly orderKeyNs: Ns }
  | { readonly kind: 'ACCOUNT'; readonly firmDesignatedId: string; readonly accountHolderType: string };

export interface TradeSides {
  readonly indicator: 'BUY' | 'SELL' | 'NA';
  /** Null: not ours to tell, or unknown (which the validator then says). */
  readonly buy: SideSubject | null;
  readonly sell: SideSubject | null;
  readonly sellMark: 'SL' | 'SS' | 'SX';
}

export interface SidesInput {
  /** The reporting firm's side. */
  readonly side: 'BUY' | 'SELL' | 'CROSS';
  /** `C` where the contra is the firm's own customer rather than another member. */
  readonly contraMpid: string;
  readonly capacity: 'A' | 'P' | 'R';
  readonly shortSale: 'NONE' | 'SHORT' | 'SHORT_EXEMPT';
  /** The firm's side. */
  readonly orderId: string | null;
  readonly orderKeyNs: Ns | null;
  readonly account: string | null;
  readonly accountHolderType: string | null;
  /** The customer's side; for a cross the selling order. */
  readonly contraOrderId: string | null;
  readonly contraOrderKeyNs: Ns | null;
}

export const CUSTOMER_CONTRA = 'C';

export function tradeSides(input: SidesInput): TradeSides {
  const sellMark = input.shortSale === 'SHORT' ? 'SS' : input.shortSale === 'SHORT_EXEMPT' ? 'SX' : 'SL';
  const own = ownSubject(input);
  const contra = order(input.contraOrderId, input.contraOrderKeyNs);
  if (input.side === 'CROSS') return { indicator: 'NA', buy: own, sell: contra, sellMark };
  const twoSided = input.contraMpid === CUSTOMER_CONTRA;
  const indicator = twoSided ? 'NA' : input.side;
  return input.side === 'BUY'
    ? { indicator, buy: own, sell: twoSided ? contra : null, sellMark }
    : { indicator, buy: twoSided ? contra : null, sell: own, sellMark };
}

/** The order where there is one; else the firm's account, which CAT takes for a principal side only. */
function ownSubject(input: SidesInput): SideSubject | null {
  const own = order(input.orderId, input.orderKeyNs);
  if (own !== null) return own;
  const { account, accountHolderType } = input;
  return account === null
    ? null
    : { kind: 'ACCOUNT', firmDesignatedId: account, accountHolderType: accountHolderType ?? '' };
}

function order(orderId: string | null, orderKeyNs: Ns | null): SideSubject | null {
  return orderId === null || orderKeyNs === null ? null : { kind: 'ORDER', orderId, orderKeyNs };
}
