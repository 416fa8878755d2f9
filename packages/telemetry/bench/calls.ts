/**
 * What telemetry costs per call, without a socket: on the hot path, and in the process watch. Mean of rounds, the best and
 * the middle one of nine, because what else a machine does only ever adds.
 *
 *   node packages/telemetry/bench/calls.ts [callsPerRound=50000]
 */
import { resourceFromAttributes } from '@opentelemetry/resources';
import { systemClock, systemRandom } from '@tapeclock/ports';
import { virtualClock } from '@tapeclock/ports/virtual';
import { newTraceparent, prometheusMetrics, silentMetrics } from '../src/index.ts';
import { batchedTraces } from '../src/tracing/batched-traces.ts';
import { tradeSpans } from '../src/tracing/trade-spans.ts';
import { sampleTrade } from '../test/tracing/sample-trade.ts';

const CALLS = Number(process.argv[2] ?? 50_000);
const ROUNDS = 9;
const clock = systemClock();
const metrics = prometheusMetrics({ processName: 'bench' });
const resource = resourceFromAttributes({ 'service.name': 'bench' });
const traceparent = newTraceparent(systemRandom);
const plain = { ...sampleTrade('ffffffff'), traceparent };
const traces = batchedTraces({
  clock: virtualClock(),
  metrics: silentMetrics,
  share: 0,
  send: async () => {},
});

const CASES: readonly { readonly name: string; readonly call: () => unknown }[] = [
  { name: 'newTraceparent, once, in the gateway', call: () => newTraceparent(systemRandom) },
  {
    name: 'one counter',
    call: () => metrics.count('tapeclock_executions_received_total', { channel: 'FIX', result: 'accepted' }),
  },
  {
    name: 'one histogram sample, once per append',
    call: () => metrics.observe('tapeclock_log_append_seconds', { topic: 'executions.received' }, 0.0012),
  },
  { name: 'watch: a finished trade that is not kept', call: () => traces.record(plain) },
  {
    name: 'watch: a stage time with an exemplar',
    call: () => metrics.observe('tapeclock_stage_duration_seconds', { stage: 'total' }, 0.007, traceparent),
  },
  { name: 'watch: the seven spans of a trade that is kept', call: () => tradeSpans(plain, resource) },
];

console.log('| call | µs, best round | µs, middle round |\n| --- | --- | --- |');
for (const { name, call } of CASES) {
  const means: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const startNs = clock.monotonicNs();
    for (let i = 0; i < CALLS; i += 1) call();
    means.push(Number(clock.monotonicNs() - startNs) / CALLS / 1_000);
  }
  means.sort((a, b) => a - b);
  console.log(`| ${name} | ${means[0]?.toFixed(2)} | ${means[ROUNDS >> 1]?.toFixed(2)} |`);
}
