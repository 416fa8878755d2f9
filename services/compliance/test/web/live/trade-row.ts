import type { TradeRow } from '../../../web/src/contract.ts';

/** An accepted trade that arrived so many seconds after ten. */
export function tradeRow(
  executionId: string,
  arrivedSecond: number,
  change: Partial<TradeRow> = {},
): TradeRow {
  const receivedAt = `2026-03-04T15:00:${String(arrivedSecond).padStart(2, '0')}.000000000Z`;
  return {
    executionId,
    lineageId: `L${executionId}`,
    revision: 0,
    action: 'NEW',
    state: 'ACCEPTED',
    source: 'OMS',
    sourceExecutionId: `S${executionId}`,
    channel: 'FIX',
    symbol: 'AAPL',
    side: 'B',
    quantity: '100',
    price: '230.1',
    mpid: 'TCLK',
    contraMpid: 'ALPB',
    facility: 'ADF',
    reportId: `R${executionId}`,
    controlNumber: null,
    executedAt: receivedAt,
    executedAtMs: Date.parse(receivedAt),
    receivedAt,
    receivedAtMs: Date.parse(receivedAt),
    dueAt: null,
    dueAtMs: null,
    acceptedAt: null,
    acceptedAtMs: null,
    usedMs: null,
    late: false,
    latenessMs: null,
    breached: false,
    modifiers: [],
    reason: null,
    ...change,
  };
}
