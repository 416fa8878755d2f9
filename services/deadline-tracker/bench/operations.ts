import { NS_PER_MS, NS_PER_SECOND, NS_PER_US, type Ns } from '@tapeclock/domain';
import { type Random, systemClock } from '@tapeclock/ports';
import { seededRandom } from '@tapeclock/ports/virtual';
import type { TimerSet } from './timer-sets.ts';

export interface OperationCosts {
  readonly insertNs: number;
  /** In the order of insertion but for blocks of 256 that are shuffled, as acceptances come. */
  readonly cancelNs: number;
  /** In an order that has nothing to do with that of insertion. */
  readonly cancelAtRandomNs: number;
  /** Each entry fired, in steps of one millisecond; null where the runtime fires by itself. */
  readonly advanceNs: number | null;
  readonly bytesOffHeap: number;
  readonly bytesInHeap: number;
}

const ROUNDS = 5;
const clock = systemClock();

/** Costs of one operation with `count` entries open: the median round of five, each on a fresh set. */
export function measureOperations<Handle>(make: () => TimerSet<Handle>, count: number): OperationCosts {
  const baseNs = clock.nowNs() + 3_600n * NS_PER_SECOND;
  const random = seededRandom(1);
  // Ten seconds of executions in their order of time, received with up to two milliseconds of jitter.
  const stepNs = (10n * NS_PER_SECOND) / BigInt(count);
  const atNs = Array.from(
    { length: count },
    (_, index) => baseNs + BigInt(index) * stepNs + BigInt(random.nextU32() % 2_000_000),
  );
  const inOrder = shuffledBlocks(count, 256, random);
  const atRandom = shuffledBlocks(count, count, random);
  const insert: number[] = [];
  const cancel: number[] = [];
  const cancelAtRandom: number[] = [];
  const advance: number[] = [];
  const each = (startNs: Ns) => Number(cpuNs() - startNs) / count;
  const filled = (set: TimerSet<Handle>, handles: Handle[]): number => {
    const startNs = cpuNs();
    for (let index = 0; index < count; index += 1) handles[index] = set.insert(atNs[index] ?? 0n, index);
    return each(startNs);
  };
  const emptied = (set: TimerSet<Handle>, handles: Handle[], order: Int32Array): number => {
    const startNs = cpuNs();
    for (let index = 0; index < count; index += 1) set.cancel(handles[order[index] ?? 0] as Handle);
    return each(startNs);
  };
  const handles: Handle[] = new Array(count);
  const bytes = bytesEach(make, atNs);
  for (let round = 0; round <= ROUNDS; round += 1) {
    const set = make();
    const insertNs = filled(set, handles);
    const cancelNs = emptied(set, handles, inOrder);
    const second = make();
    filled(second, handles);
    const cancelAtRandomNs = emptied(second, handles, atRandom);
    let advanceNs = 0;
    if (set.advance !== null) {
      const third = make();
      filled(third, handles);
      advanceNs = turned(third, baseNs, each);
    }
    // The first round warms the compiler up.
    if (round === 0) continue;
    insert.push(insertNs);
    cancel.push(cancelNs);
    cancelAtRandom.push(cancelAtRandomNs);
    advance.push(advanceNs);
  }
  return {
    insertNs: median(insert),
    cancelNs: median(cancel),
    cancelAtRandomNs: median(cancelAtRandom),
    advanceNs: make().advance === null ? null : median(advance),
    ...bytes,
  };
}

/** In a frame of its own and before all else: nothing that was measured earlier may still be held. */
function bytesEach<Handle>(
  make: () => TimerSet<Handle>,
  atNs: readonly Ns[],
): Pick<OperationCosts, 'bytesOffHeap' | 'bytesInHeap'> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const set = make();
  for (let index = 0; index < atNs.length; index += 1) set.insert(atNs[index] ?? 0n, index);
  globalThis.gc?.();
  const bytesInHeap = (process.memoryUsage().heapUsed - before) / atNs.length;
  return { bytesOffHeap: set.bytesOffHeap / atNs.length, bytesInHeap };
}

function turned(set: TimerSet<unknown>, baseNs: Ns, each: (startNs: Ns) => number): number {
  let fired = 0;
  const startNs = cpuNs();
  for (let step = 0n; step <= 10_010n; step += 1n) {
    set.advance?.(baseNs + step * NS_PER_MS, () => {
      fired += 1;
    });
  }
  const took = each(startNs);
  if (set.nextNs() !== null) throw new Error(`only ${fired} fired`);
  return took;
}

/** CPU time of this thread: what else runs on the machine does not count. */
function cpuNs(): Ns {
  const { user, system } = process.threadCpuUsage();
  return BigInt(user + system) * NS_PER_US;
}

/** The numbers from 0 on, shuffled within blocks. */
function shuffledBlocks(count: number, block: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let start = 0; start < count; start += block) {
    const end = Math.min(start + block, count);
    for (let index = end - 1; index > start; index -= 1) {
      const other = start + (random.nextU32() % (index - start + 1));
      const kept = order[index] ?? 0;
      order[index] = order[other] ?? 0;
      order[other] = kept;
    }
  }
  return order;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
