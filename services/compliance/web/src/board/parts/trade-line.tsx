import type { TradeRow } from '../../contract.ts';
import { Link } from '../../router/link.tsx';
import { State } from './state.tsx';
import { eastern, facilityName, sideName, span } from './words.ts';

export function TradeHead() {
  return (
    <div className="vhead">
      <span>Executed (ET)</span>
      <span>Symbol</span>
      <span className="wide">Side</span>
      <span className="wide right">Quantity</span>
      <span className="wide right">Price</span>
      <span className="wide">MPID</span>
      <span className="wide">Facility</span>
      <span>State</span>
      <span className="right">Used</span>
      <span className="wide">Why</span>
    </div>
  );
}

/** One trade of the virtual list. A narrow window leaves out what is `wide`: the trade’s own page has it. */
export function TradeLine({ row, top }: { readonly row: TradeRow; readonly top: number }) {
  return (
    <Link className="vrow" to={`/trades/${row.executionId}`} style={{ transform: `translateY(${top}px)` }}>
      <span>{eastern(row.executedAt) || '–'}</span>
      <b>{row.symbol ?? '–'}</b>
      <span className="wide">{sideName(row.side)}</span>
      <span className="wide right">{row.quantity}</span>
      <span className="wide right">{row.price}</span>
      <span className="wide">{row.mpid}</span>
      <span className="wide">{facilityName(row.facility)}</span>
      <span>
        <State of={row.state} />
      </span>
      <span className={`right ${row.late === true || row.breached ? 'gone' : ''}`}>
        {row.usedMs === null ? '' : span(row.usedMs)}
      </span>
      <span className="wide quiet">
        {row.action === 'NEW' ? row.reason : `${row.action.toLowerCase()} ${row.reason ?? ''}`}
      </span>
    </Link>
  );
}
