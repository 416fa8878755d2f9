import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { openEmbeddedLog } from '@tapeclock/event-log';
import { sleep, systemClock } from '@tapeclock/ports';
import { createEventCodec, embeddedRegistry, releasedSchemas, topicDeclarations } from '@tapeclock/schemas';
import { runProcessor } from '@tapeclock/service';
import { deadlineTracker } from '../src/tracker.ts';
import { TRACKER_DEFAULTS } from '../src/tracker-config.ts';
import { trade } from '../test/samples.ts';

export interface RestartCost {
  readonly open: number;
  /** From the start of the second tracker until it has rebuilt every partition and caught up. */
  readonly readyMs: number;
  /** CPU time of the tracker's thread meanwhile: what else runs on the machine does not count. */
  readonly cpuMs: number;
  /** Heap for each open obligation: the obligation, its place in the book, its timer. */
  readonly bytesInHeap: number;
}

const BATCH = 1_000;

/** Writes `open` trades that nobody reports to an embedded log, lets one tracker take them and stop, and times the next. */
export async function measureRestart(open: number): Promise<RestartCost> {
  const clock = systemClock();
  const codec = await createEventCodec(embeddedRegistry(), releasedSchemas);
  const directory = mkdtempSync(`${process.env.BENCH_DIRECTORY ?? tmpdir()}/tracker-bench-`);
  const log = await openEmbeddedLog({ directory, clock, topics: topicDeclarations });
  try {
    // An hour to go: nothing is to be said, only remembered.
    const executedNs = clock.nowNs() + 3_600n * NS_PER_SECOND;
    for (let first = 0; first < open; first += BATCH) {
      const records = Array.from({ length: Math.min(BATCH, open - first) }, (_, index) =>
        codec.record('TradeReportable', trade(`X${String(first + index).padStart(9, '0')}`, executedNs)),
      );
      await log.append(records);
    }
    const run = async (
      name: string,
    ): Promise<{ tookNs: Ns; cpuMs: number; bytes: number; stop(): Promise<void> }> => {
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      const cpuBefore = process.threadCpuUsage();
      const startNs = clock.monotonicNs();
      const running = await runProcessor(deadlineTracker(TRACKER_DEFAULTS), {
        clock,
        codec,
        log,
        memberId: name,
      });
      while (!running.ready()) await sleep(clock, NS_PER_MS);
      const tookNs = clock.monotonicNs() - startNs;
      const { user, system } = process.threadCpuUsage(cpuBefore);
      globalThis.gc?.();
      const bytes = process.memoryUsage().heapUsed - before;
      return { tookNs, cpuMs: (user + system) / 1_000, bytes, stop: () => running.stop() };
    };
    await (await run('watch-1')).stop();
    const second = await run('watch-2');
    await second.stop();
    return {
      open,
      readyMs: Number(second.tookNs) / 1e6,
      cpuMs: second.cpuMs,
      bytesInHeap: second.bytes / open,
    };
  } finally {
    await log.close();
    rmSync(directory, { recursive: true });
  }
}
