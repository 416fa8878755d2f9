import {
  firmRoeId,
  type MeotInput,
  nsFromCatTimestamp,
  type ValidationContext,
} from '../../src/cat/index.ts';

export const at = (text: string): bigint => nsFromCatTimestamp(text, false)!;

/** Principal sale from inventory to a customer, reported to ORF. */
export const principalSale: MeotInput = {
  firmRoeId: firmRoeId('A2', at('20261120T101502.731904')),
  reporterImid: 'ABCD',
  tradeId: 'T-70001',
  tradeKeyNs: at('20261120T000000'),
  symbol: 'ZZQQF',
  eventNs: at('20261120T101502.731904'),
  manual: false,
  electronicNs: null,
  cancelledNs: null,
  quantityE6: 1_000_000_000n,
  priceE8: 215_000_000n,
  capacity: 'P',
  linkage: { kind: 'REPORTED', facility: 'ORF', tapeTradeId: 'ABCD20261120000117' },
  sides: {
    indicator: 'NA',
    buy: { kind: 'ORDER', orderId: 'CUST-1001', orderKeyNs: at('20261120T000000') },
    sell: { kind: 'ACCOUNT', firmDesignatedId: 'MM-INV-07', accountHolderType: 'O' },
    sellMark: 'SL',
  },
};

export const context: ValidationContext = { reporterImid: 'ABCD', nowNs: at('20261120T120000') };
