import { bzip2Compressor } from '../../src/index.ts';

export const compress = await bzip2Compressor();

/** A good trade, as a line; fields can be changed or (undefined) left out. */
export function tradeLine(id: string, change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    actionType: 'NEW',
    firmROEID: `20261124_${id}`,
    type: 'MEOT',
    CATReporterIMID: 'TCLX',
    tradeKeyDate: '20261124T000000',
    tradeID: id,
    symbol: 'ZZQQF',
    eventTimestamp: '20261124T095900.123',
    manualFlag: false,
    cancelFlag: false,
    quantity: 100,
    price: 2.15,
    capacity: 'P',
    tapeTradeID: `N${id}`,
    marketCenterID: 'O',
    sideDetailsInd: 'SELL',
    sellDetails: [{ side: 'SL', firmDesignatedID: 'FD-1', accountHolderType: 'O' }],
    multiLegInd: false,
    ...change,
  });
}

export function dataFile(...lines: readonly string[]): Uint8Array {
  return compress(new TextEncoder().encode(lines.map((line) => `${line}\n`).join('')));
}

export const fileName = (number: number): string =>
  `12345_TCLX_20261124_TC0_OrderEvents_${String(number).padStart(6, '0')}.json.bz2`;
