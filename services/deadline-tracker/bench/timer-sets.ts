import type { Ns } from '@tapeclock/domain';
import { systemClock, type Timer } from '@tapeclock/ports';
import TinyQueue from 'tinyqueue';
import { TimingWheel } from '../src/wheel/timing-wheel.ts';

/** Three ways to wait for a million instants, all asked the same. */
export interface TimerSet<Handle> {
  insert(atNs: Ns, item: number): Handle;
  cancel(handle: Handle): void;
  /** Null where the runtime fires by itself. */
  readonly advance: ((nowNs: Ns, fire: (item: number) => void) => void) | null;
  nextNs(): Ns | null;
  readonly bytesOffHeap: number;
}

export const TIMER_SETS = {
  wheel(): TimerSet<number> {
    const wheel = new TimingWheel<number>();
    return {
      insert: (atNs, item) => wheel.schedule(atNs, item),
      cancel: (handle) => wheel.cancel(handle),
      advance: (nowNs, fire) => wheel.advance(nowNs, fire),
      nextNs: () => wheel.nextNs(),
      get bytesOffHeap() {
        return wheel.bytesOffHeap;
      },
    };
  },
  /** A binary heap cannot cancel without a search; what is cancelled is marked, as is usual, and dropped when it comes up. */
  tinyqueue(): TimerSet<HeapEntry> {
    const heap = new TinyQueue<HeapEntry>([], (a, b) => (a.atNs < b.atNs ? -1 : a.atNs > b.atNs ? 1 : 0));
    return {
      insert(atNs, item) {
        const entry = { atNs, item };
        heap.push(entry);
        return entry;
      },
      cancel(entry) {
        entry.item = CANCELLED;
      },
      advance(nowNs, fire) {
        for (let first = heap.peek(); first !== undefined && first.atNs <= nowNs; first = heap.peek()) {
          heap.pop();
          if (first.item !== CANCELLED) fire(first.item);
        }
      },
      nextNs: () => heap.peek()?.atNs ?? null,
      bytesOffHeap: 0,
    };
  },
  /** One timer of the runtime for each, through the clock that the product uses. */
  timeouts(fire: (item: number) => void = () => {}): TimerSet<Timer> {
    const clock = systemClock();
    return {
      insert: (atNs, item) => clock.after(atNs - clock.nowNs(), () => fire(item)),
      cancel: (timer) => timer.cancel(),
      advance: null,
      nextNs: () => null,
      bytesOffHeap: 0,
    };
  },
} as const;

interface HeapEntry {
  readonly atNs: Ns;
  item: number;
}
const CANCELLED = -1;
