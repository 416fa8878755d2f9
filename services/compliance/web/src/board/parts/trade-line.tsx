import type { TradeRow } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { State } from './state.tsx';
import { eastern, facilityName, sideName, span } from './words.ts';

export function TradeHead() {
  return (
    <div className="vhead">
      <span>Executed (ET)</span>
      <span>Symbol</span>
      <span>Side</span>
      <span className="right">Quantity</span>
      <span className="right">Price</span>
      <span>MPID</span>
      <span>Facility</span>
      <span>State</span>
      <span className="right">Used</span>
      <span>Why</span>
    </div>
  );
}

/** One trade of the virtual list. */
export function TradeLine({ row, top }: { readonly row: TradeRow; readonly top: number }) {
  return (
    <Link className="vrow" to={`/trades/${row.executionId}`} style={{ transform: `translateY(${top}px)` }}>
      <span>{eastern(row.executedAt) || '–'}</span>
      <b>{row.symbol ?? '–'}</b>
      <span>{sideName(row.side)}</span>
      <span className="right">{row.quantity}</span>
      <span className="right">{row.price}</span>
      <span>{row.mpid}</span>
      <span>{facilityName(row.facility)}</span>
      <span>
        <State of={row.state} />
      </span>
      <span className={`right ${row.late === true || row.breached ? 'gone' : ''}`}>
        {row.usedMs === null ? '' : span(row.usedMs)}
      </span>
      <span className="quiet">
        {row.action === 'NEW' ? row.reason : `${row.action.toLowerCase()} ${row.reason ?? ''}`}
      </span>
    </Link>
  );
}
