import { type Fields, textOf } from './message.ts';

/** A trade report as read off the wire, before it is judged. */
export interface TradeReport {
  readonly tradeReportId: string;
  readonly action: 'NEW' | 'CANCEL' | 'CORRECT' | 'REVERSAL';
  readonly refTradeReportId: string | null;
  readonly refControlNumber: string | null;
  readonly symbol: string;
  readonly quantity: string;
  readonly price: string;
  readonly tradeDate: string;
  readonly transactTime: string;
  readonly asOf: boolean;
  readonly executingMpid: string | null;
  readonly contraMpid: string | null;
}

/** Reads a TradeCaptureReport (AE). Cancel and reversal share 487/856 and are told apart by 552 and 1015. */
export function readTradeReport(fields: Fields): TradeReport {
  const asOf = textOf(fields, 1015) === '1';
  return {
    tradeReportId: textOf(fields, 571) ?? '',
    action: actionOf(textOf(fields, 487) ?? '0', asOf && textOf(fields, 552) === '2'),
    refTradeReportId: textOf(fields, 572),
    refControlNumber: textOf(fields, 1003),
    symbol: textOf(fields, 48) ?? textOf(fields, 55) ?? '',
    quantity: textOf(fields, 32) ?? '',
    price: textOf(fields, 31) ?? '',
    tradeDate: textOf(fields, 75) ?? '',
    transactTime: textOf(fields, 60) ?? '',
    asOf,
    executingMpid: partyOf(fields, '1'),
    contraMpid: partyOf(fields, '17'),
  };
}

function actionOf(transType: string, looksLikeReversal: boolean): TradeReport['action'] {
  if (transType === '1') return looksLikeReversal ? 'REVERSAL' : 'CANCEL';
  return transType === '2' ? 'CORRECT' : 'NEW';
}

/** PartyID (448) of the first party whose PartyRole (452) is the one asked for. */
function partyOf(fields: Fields, role: string): string | null {
  let id: string | null = null;
  for (const [tag, value] of fields) {
    if (tag === 448) id = value;
    else if (tag === 452 && value === role) return id;
  }
  return null;
}
