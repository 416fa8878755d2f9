import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { accepted, reportable } from '../trade-events.ts';
import { collectorBench } from './collector-bench.ts';

test('after a restart a trade that is in a file is not put into another, and file numbers go on', () => {
  const bench = collectorBench();
  bench.give('TradeReportable', reportable());
  bench.give('ReportAccepted', accepted(reportable()));
  bench.until('20261124T100200.000');
  bench.restart();
  bench.until('20261124T110000.000');
  assert.equal(bench.files().length, 1);
  const second = reportable({ root: '2' });
  bench.give('TradeReportable', second);
  bench.give('ReportAccepted', accepted(second));
  bench.restart();
  bench.until('20261124T120000.000');
  assert.match(bench.files()[1]!.fileName, /_000002\.json\.bz2$/);
});

type Move =
  | { readonly kind: 'TRADE' | 'ACCEPT' | 'CORRECT' | 'ACCEPT_CORRECT'; readonly trade: number }
  | { readonly kind: 'WAIT' | 'RESTART' | 'INGEST' };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('TRADE' as const, 'ACCEPT' as const, 'CORRECT' as const, 'ACCEPT_CORRECT' as const),
    trade: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({ kind: fc.constantFrom('WAIT' as const, 'RESTART' as const, 'INGEST' as const) }),
);

test('whatever comes in whatever order, with restarts between: each trade is new once, and CAT ends with the truth', () => {
  fc.assert(
    fc.property(fc.array(move, { maxLength: 40 }), (moves) => {
      const bench = collectorBench();
      const version = (trade: number, kind: string) =>
        kind.endsWith('CORRECT')
          ? reportable({
              root: `${trade}`,
              sourceExecutionId: `${trade}c`,
              action: 'CORRECT',
              execution: { priceE8: 300_000_000n },
            })
          : reportable({ root: `${trade}` });
      let minute = 0;
      const wait = (): void => {
        minute += 2;
        bench.until(
          `20261124T1${String(Math.floor(minute / 60))}${String(minute % 60).padStart(2, '0')}00.000`,
        );
      };
      const ingest = (): void => {
        for (const { fileName } of bench.files()) bench.ingested(fileName);
      };
      for (const { kind, ...rest } of moves) {
        if (kind === 'WAIT') wait();
        else if (kind === 'RESTART') bench.restart();
        else if (kind === 'INGEST') ingest();
        else {
          const trade = version((rest as { trade: number }).trade, kind);
          if (kind.startsWith('ACCEPT')) bench.give('ReportAccepted', accepted(trade));
          else bench.give('TradeReportable', trade);
        }
      }
      for (let round = 0; round < 3; round += 1) {
        wait();
        ingest();
      }
      const told = new Map<string, string>();
      for (const line of bench.lines()) {
        const [, action, id = ''] = /^\{"actionType":"(NEW|COR)","firmROEID":"([^"]+)"/.exec(line) ?? [];
        assert.equal(action, told.has(id) ? 'COR' : 'NEW', line);
        told.set(id, /"price":([\d.]+)/.exec(line)?.[1] ?? '');
      }
      for (let trade = 0; trade <= 3; trade += 1) {
        const seen = (type: 'TradeReportable' | 'ReportAccepted', kind: string) =>
          bench.of(type).some(({ executionId }) => executionId === version(trade, kind).executionId);
        const lastAccepted = bench
          .of('ReportAccepted')
          .findLast(({ meta }) => meta.lineageId === version(trade, 'TRADE').meta.lineageId);
        if (lastAccepted === undefined) continue;
        const kind = lastAccepted.action === 'CORRECT' ? 'CORRECT' : 'TRADE';
        if (!seen('TradeReportable', kind)) continue;
        assert.equal(told.get(`20261124_${lastAccepted.meta.lineageId}`), kind === 'CORRECT' ? '3' : '2.15');
      }
    }),
    { numRuns: 200 },
  );
});
