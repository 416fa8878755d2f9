/**
 * Microseconds per execution in `step`, encoding included: `node services/enrichment/bench/step.ts [executions]`.
 * Measures the step alone: no log, no disk, one partition, no other load. Says nothing about waiting times.
 */

import { systemClock } from '@tapeclock/ports';
import { loadRulebook } from '@tapeclock/service';
import { rulebookDecide } from '../src/index.ts';
import { bench, fromLog, received } from '../test/support/fixtures.ts';

const COUNT = Number(process.argv[2] ?? 100_000);
const WARM_UP = 20_000;
const BATCH = 500;
const clock = systemClock();
const rulebook = await loadRulebook(new URL('../../../rulebook', import.meta.url).pathname);
const service = bench({ decide: rulebookDecide(rulebook), lineagesMax: 5_000_000 });

const inputsFrom = (first: number, count: number) =>
  Array.from({ length: count }, (_, n) =>
    fromLog({
      type: 'ExecutionReceived',
      event: received(`X${first + n}`, {
        fields: { quantity: String(100 + (n % 900)), price: `187.${10 + (n % 90)}` },
      }),
    }),
  );
for (const input of inputsFrom(0, WARM_UP)) service.stepDecoded(input);
globalThis.gc?.();
const heapBefore = process.memoryUsage().heapUsed;
let tookNs = 0n;
let cpuUs = 0;
let bytes = 0;
// Batches as the shell reads them, made outside the measured time.
for (let first = WARM_UP; first < WARM_UP + COUNT; first += BATCH) {
  const inputs = inputsFrom(first, BATCH);
  const cpu = process.cpuUsage();
  const startNs = clock.monotonicNs();
  for (const input of inputs) {
    for (const { value } of service.stepDecoded(input)) bytes += value.length;
  }
  tookNs += clock.monotonicNs() - startNs;
  const { user, system } = process.cpuUsage(cpu);
  cpuUs += user + system;
}
globalThis.gc?.();
const heapAfter = process.memoryUsage().heapUsed;
const perExecution = (ns: bigint) => (Number(ns) / COUNT / 1_000).toFixed(1);
console.log(`executions            ${COUNT}`);
console.log(
  `microseconds each     ${perExecution(tookNs)} (CPU, all threads: ${(cpuUs / COUNT).toFixed(1)})`,
);
console.log(`output bytes each     ${(bytes / COUNT).toFixed(0)}`);
console.log(`state bytes each      ${((heapAfter - heapBefore) / COUNT).toFixed(0)} (with --expose-gc)`);
console.log(`lineages              ${service.store.size}, repairs ${service.store.counts.repairs}`);
