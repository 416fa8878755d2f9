import { NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { systemClock, type Timer } from '@tapeclock/ports';
import { seededRandom } from '@tapeclock/ports/virtual';
import type { TimerSet } from './timer-sets.ts';

export interface FiringError {
  readonly fired: number;
  readonly early: number;
  readonly p50Us: number;
  readonly p99Us: number;
  readonly maxUs: number;
}

const SECONDS = 5n;
const PER_TURN = 40;
/** What a turn of the event loop does besides: decoding, encoding. */
const WORK_NS = 300_000n;
const clock = systemClock();

/**
 * How late the entries fire on the real clock, with `background` others open that are not due. Every turn of the event loop, about a
 * millisecond, inserts 40 that are due within half a second, cancels every second one, and is busy for 0.3 ms besides.
 */
export async function measureFiring<Handle>(
  make: (fire: (item: number) => void) => TimerSet<Handle>,
  background: number,
): Promise<FiringError> {
  const random = seededRandom(2);
  const dueNs: Ns[] = [];
  const errorsUs: number[] = [];
  let early = 0;
  const fire = (item: number) => {
    const lateNs = clock.nowNs() - (dueNs[item] ?? 0n);
    if (lateNs < 0n) early += 1;
    errorsUs.push(Number(lateNs) / 1_000);
  };
  const set = make(fire);
  const farNs = clock.nowNs() + 3_600n * NS_PER_SECOND;
  for (let index = 0; index < background; index += 1) set.insert(farNs + BigInt(index) * 10_000n, -1);

  let timer: Timer | null = null;
  let timerAtNs: Ns | null = null;
  // As the shell of a processor does it: one timer, set anew when something earlier has come.
  const arm = () => {
    const atNs = set.nextNs();
    if (atNs === timerAtNs) return;
    timer?.cancel();
    timerAtNs = atNs;
    timer = atNs === null ? null : clock.after(atNs - clock.nowNs(), turn);
  };
  const turn = () => {
    timerAtNs = null;
    set.advance?.(clock.nowNs(), fire);
    arm();
  };
  const endNs = clock.monotonicNs() + SECONDS * NS_PER_SECOND;
  await new Promise<void>((resolve) => {
    const load = () => {
      for (let count = 0; count < PER_TURN; count += 1) {
        const atNs = clock.nowNs() + BigInt(random.nextU32() % 500_000_000);
        dueNs.push(atNs);
        const handle = set.insert(atNs, dueNs.length - 1);
        if (count % 2 === 1) set.cancel(handle);
      }
      const busyUntilNs = clock.monotonicNs() + WORK_NS;
      while (clock.monotonicNs() < busyUntilNs);
      if (set.advance !== null) turn();
      if (clock.monotonicNs() < endNs) clock.after(NS_PER_MS, load);
      else clock.after(600n * NS_PER_MS, resolve);
    };
    load();
  });
  (timer as Timer | null)?.cancel();
  errorsUs.sort((a, b) => a - b);
  const at = (share: number) => Math.round(errorsUs[Math.floor((errorsUs.length - 1) * share)] ?? 0);
  return { fired: errorsUs.length, early, p50Us: at(0.5), p99Us: at(0.99), maxUs: at(1) };
}
