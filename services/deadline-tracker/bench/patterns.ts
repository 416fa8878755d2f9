import { NS_PER_US } from '@tapeclock/domain';
import { Observer } from '../src/patterns/observer.ts';
import { parsePattern } from '../src/patterns/pattern.ts';
import { PATTERN_FILES } from '../src/patterns/pattern-files.ts';
import { PatternWatch } from '../src/patterns/pattern-watch.ts';
import { accepted, T0, trade } from '../test/samples.ts';

export interface PatternCosts {
  readonly trades: number;
  /** CPU time for a trade and its acceptance, all patterns, without decoding. */
  readonly usEach: number;
  /** Everything remembered, after so many trades that it grows no more. */
  readonly megabytesInHeap: number;
}

const EVERY_NS = 500n * NS_PER_US;
const JUDGE_EVERY = 500;

/** Tells all patterns of `trades` trades at 2,000 a second, half of whose acceptances have not come yet when the next ones do. */
export function measurePatterns(trades: number): PatternCosts {
  const observer = new Observer();
  const watches = PATTERN_FILES.map((file) => new PatternWatch(parsePattern(file)));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let cpuUs = 0;
  const batch = 10_000;
  for (let first = 0; first < trades; first += batch) {
    const events = Array.from({ length: batch }, (_, n) => {
      const atNs = T0 + BigInt(first + n) * EVERY_NS;
      const name = `X${String(first + n).padStart(20, '0')}`;
      return { atNs, trade: trade(name, atNs), accepted: accepted(name, atNs, atNs + EVERY_NS) };
    });
    const cpu = process.threadCpuUsage();
    events.forEach((event, n) => {
      const told = [...observer.observe({ type: 'TradeReportable', event: event.trade }, event.atNs)];
      // Every second report is never accepted: its trade is remembered until the limit pushes it out.
      if (n % 2 === 0)
        told.push(...observer.observe({ type: 'ReportAccepted', event: event.accepted }, event.atNs));
      for (const observation of told) for (const watch of watches) watch.observe(observation);
      if (n % JUDGE_EVERY === 0) for (const watch of watches) watch.judge(event.atNs);
    });
    const { user, system } = process.threadCpuUsage(cpu);
    cpuUs += user + system;
  }
  globalThis.gc?.();
  const megabytesInHeap = (process.memoryUsage().heapUsed - before) / 1e6;
  // Held until here, or what was measured would be gone.
  if (watches.some(({ subjects }) => subjects > 100)) throw new Error('one desk made many subjects');
  observer.observe({ type: 'TradeReportable', event: trade('last', T0) }, T0);
  return { trades, usEach: cpuUs / trades, megabytesInHeap };
}
