/**
 * What a million open obligations cost to watch, and how a tracker starts again with a hundred thousand:
 * `npm run bench -- --tracker [open] [restartOpen]`. Each set of timers is measured in a process of its own, so that none of them
 * runs on what the compiler learned from another.
 */
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type FiringError, measureFiring } from './firing.ts';
import { measureOperations, type OperationCosts } from './operations.ts';
import { measurePatterns, type PatternCosts } from './patterns.ts';
import { measureRestart, type RestartCost } from './restart.ts';
import { TIMER_SETS } from './timer-sets.ts';

const [first, ...rest] = process.argv.slice(2);
if (first === 'part') {
  console.log(JSON.stringify(await part(rest[0] ?? '', Number(rest[1]))));
  // Timers that are an hour away would keep the process alive.
  process.exit(0);
} else report(Number(first ?? 1_000_000), Number(rest[0] ?? 100_000));

async function part(name: string, count: number): Promise<unknown> {
  if (name === 'restart') return measureRestart(count);
  if (name === 'patterns') return measurePatterns(count);
  const costs = (operations: OperationCosts, firing: FiringError) => ({ operations, firing });
  switch (name) {
    case 'wheel':
      return costs(measureOperations(TIMER_SETS.wheel, count), await measureFiring(TIMER_SETS.wheel, count));
    case 'tinyqueue':
      return costs(
        measureOperations(TIMER_SETS.tinyqueue, count),
        await measureFiring(TIMER_SETS.tinyqueue, count),
      );
    default:
      return costs(
        measureOperations(() => TIMER_SETS.timeouts(), count),
        await measureFiring(TIMER_SETS.timeouts, count),
      );
  }
}

function report(open: number, restartOpen: number): void {
  console.log(
    `${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores, Node ${process.version}; ${open} open\n`,
  );
  console.log(
    row(
      '',
      'insert ns',
      'cancel ns',
      'at random',
      'advance ns',
      'B off heap',
      'B in heap',
      'error p50',
      'p99',
      'max ms',
    ),
  );
  for (const name of ['wheel', 'tinyqueue', 'timeouts']) {
    const { operations: o, firing: f } = inOwnProcess<{ operations: OperationCosts; firing: FiringError }>(
      name,
      open,
    );
    console.log(
      row(
        name,
        ns(o.insertNs),
        ns(o.cancelNs),
        ns(o.cancelAtRandomNs),
        o.advanceNs === null ? '–' : ns(o.advanceNs),
        o.bytesOffHeap.toFixed(0),
        o.bytesInHeap.toFixed(0),
        ms(f.p50Us),
        ms(f.p99Us),
        ms(f.maxUs),
      ) + (f.early > 0 ? `  ${f.early} of ${f.fired} EARLY` : ''),
    );
  }
  const patterns = inOwnProcess<PatternCosts>('patterns', open);
  console.log(
    `\npatterns: ${patterns.usEach.toFixed(2)} µs of CPU for a trade and its acceptance, ${patterns.megabytesInHeap.toFixed(0)} MB of heap after ${patterns.trades} trades`,
  );
  const restart = inOwnProcess<RestartCost>('restart', restartOpen);
  console.log(
    `\nrestart with ${restart.open} open: ${restart.readyMs.toFixed(0)} ms until ready, ${restart.cpuMs.toFixed(0)} ms of CPU; ${restart.bytesInHeap.toFixed(0)} B of heap each`,
  );
}

function inOwnProcess<Result>(name: string, count: number): Result {
  const { stdout, status } = spawnSync(
    process.execPath,
    [
      '--expose-gc',
      '--max-old-space-size=4096',
      '--disable-warning=ExperimentalWarning',
      fileURLToPath(import.meta.url),
      'part',
      name,
      String(count),
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
  );
  if (status !== 0) throw new Error(`${name} ended with ${status}`);
  return JSON.parse(stdout) as Result;
}

function row(name: string, ...cells: readonly string[]): string {
  return name.padEnd(10) + cells.map((cell) => cell.padStart(11)).join('');
}

function ns(value: number): string {
  return value.toFixed(1);
}

function ms(us: number): string {
  return (us / 1_000).toFixed(2);
}
