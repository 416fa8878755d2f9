import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { Clock } from '@tapeclock/ports';
import type { EventLog, LogRecord, TopicDeclaration } from '../event-log.ts';
import type { GroupState } from '../group/group-state.ts';
import type { LogError } from '../log-error.ts';
import { topicCatalogue } from '../topic-catalogue.ts';
import { type DiskFault, faultSet } from './memory-faults.ts';
import { memoryGroups } from './memory-groups.ts';
import { type MemoryProcess, memoryProcess } from './memory-process.ts';
import { memoryStore } from './memory-store.ts';

export interface MemoryLogOptions {
  readonly clock: Clock;
  readonly topics: readonly TopicDeclaration[];
  /**
   * How long an append takes to become durable; a function is asked once per append and topic (give it a seeded
   * source for jitter). Order inside a process and topic holds whatever it says. `0n` settles in a microtask, without
   * the clock. @default 0n
   */
  readonly appendDelayNs?: Ns | (() => Ns);
  /** @default 200 ms */
  readonly heartbeatNs?: Ns;
  /** A member whose heartbeats cease loses its partitions after this. @default 1 s */
  readonly sessionTimeoutNs?: Ns;
  /** Key and value together. @default 8 MiB */
  readonly recordBytesMax?: number;
  /** The log needs a person: what the embedded log would alarm about. */
  readonly onAlert?: (process: string, error: LogError) => void;
}

/** One log in memory, shared by several simulated processes. */
export interface MemoryLog {
  /** The log as that process sees it. After a crash or close the next call begins a new life of the process. */
  handle(process: string): EventLog;
  /**
   * Kills a process: its promises never settle, its wake-ups and heartbeats cease, its memberships expire by session
   * timeout, and its appends that were not durable vanish, but for the first `recordsSurviving` records (a torn
   * last write: on disk, never acknowledged). @default 0
   */
  crash(process: string, recordsSurviving?: number): void;
  /** Makes the disk stall or fail until the returned function is called. */
  fault(fault: DiskFault): () => void;
  /** Cuts a living process off the group coordinator (a long pause), until the returned function is called. */
  isolate(process: string): () => void;
  /** Records handed over by the process and not yet durable. */
  pendingRecords(process: string): number;
  /** Every durable record of a topic, partition after partition: for invariants. */
  records(topic: string): readonly LogRecord[];
  group(group: string): GroupState;
  committed(group: string, topic: string, partition: number): bigint | null;
}

const RECORD_BYTES_MAX = 8 * 1024 * 1024;

/** The log for tests and the simulation: deterministic, time only from `clock`, faults on demand. */
export function memoryEventLog(options: MemoryLogOptions): MemoryLog {
  const { clock, appendDelayNs = 0n } = options;
  const catalogue = topicCatalogue(options.topics);
  const store = memoryStore(catalogue);
  const faults = faultSet();
  const groups = memoryGroups();
  const processes = new Map<string, MemoryProcess>();
  const wakers = new Map<string, Set<() => void>>();
  const isolated = new Map<string, { readonly over: Promise<void>; readonly end: () => void }>();

  const start = (name: string): MemoryProcess => {
    const reach = async (): Promise<void> => {
      await isolated.get(name)?.over;
    };
    return memoryProcess({
      name,
      clock,
      catalogue,
      store,
      faults,
      appendDelayNs: typeof appendDelayNs === 'bigint' ? () => appendDelayNs : appendDelayNs,
      recordBytesMax: options.recordBytesMax ?? RECORD_BYTES_MAX,
      heartbeatNs: options.heartbeatNs ?? 200n * NS_PER_MS,
      sessionTimeoutNs: options.sessionTimeoutNs ?? 1000n * NS_PER_MS,
      coordinator: groups.coordinator(reach),
      onAlert: (error) => options.onAlert?.(name, error),
      onAppended(topic, wake) {
        const set = wakers.get(topic) ?? new Set();
        // Wrapped, so that one function may subscribe twice.
        const entry = (): void => wake();
        wakers.set(topic, set.add(entry));
        return () => set.delete(entry);
      },
      wake(topic) {
        for (const entry of wakers.get(topic) ?? []) {
          queueMicrotask(() => {
            if (wakers.get(topic)?.has(entry) === true) entry();
          });
        }
      },
    });
  };

  return {
    handle(name) {
      const current = processes.get(name);
      if (current !== undefined && !current.ended()) return current.log;
      const process = start(name);
      processes.set(name, process);
      return process.log;
    },
    crash(name, recordsSurviving = 0) {
      processes.get(name)?.crash(recordsSurviving);
    },
    fault: (fault) =>
      faults.add(fault, () => {
        for (const process of processes.values()) process.drain();
      }),
    isolate(name) {
      const { promise, resolve } = Promise.withResolvers<void>();
      isolated.set(name, { over: promise, end: resolve });
      return () => {
        isolated.delete(name);
        resolve();
      };
    },
    pendingRecords: (name) => processes.get(name)?.pendingRecords() ?? 0,
    records: store.all,
    group: groups.state,
    committed: groups.committed,
  };
}
