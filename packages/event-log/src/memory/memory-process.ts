import type { Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { AppendRecord, EventLog, LogPosition } from '../event-log.ts';
import type { GroupCoordinator } from '../group/coordinator.ts';
import { joinGroup, type MemberSession } from '../group/member-session.ts';
import { LogError } from '../log-error.ts';
import type { TopicCatalogue } from '../topic-catalogue.ts';
import type { FaultSet } from './memory-faults.ts';
import type { MemoryStore } from './memory-store.ts';

export interface MemoryProcessOptions {
  readonly name: string;
  readonly clock: Clock;
  readonly catalogue: TopicCatalogue;
  readonly store: MemoryStore;
  readonly faults: FaultSet;
  readonly appendDelayNs: () => Ns;
  readonly recordBytesMax: number;
  readonly heartbeatNs: Ns;
  readonly sessionTimeoutNs: Ns;
  readonly coordinator: GroupCoordinator;
  readonly onAlert: (error: LogError) => void;
  /** Subscribes to what any process appends. */
  readonly onAppended: (topic: string, wake: () => void) => () => void;
  readonly wake: (topic: string) => void;
}

export interface MemoryProcess {
  readonly log: EventLog;
  /** Writes what is due and not stalled; called when a fault is lifted. */
  drain(): void;
  /** Dies: the first `recordsSurviving` records not yet durable reach the disk, the others never existed. */
  crash(recordsSurviving: number): void;
  pendingRecords(): number;
  readonly ended: () => boolean;
}

/** One append's share of one topic: durable all at once, in the order of the calls. */
interface Write {
  readonly topic: string;
  readonly records: readonly AppendRecord[];
  readonly resolve: (positions: readonly LogPosition[]) => void;
  readonly reject: (error: LogError) => void;
  due: boolean;
}

export function memoryProcess(options: MemoryProcessOptions): MemoryProcess {
  const { name, clock, catalogue, store, faults } = options;
  let writes: Write[] = [];
  let ended: 'crashed' | 'closed' | null = null;
  let closing = false;
  let drained: (() => void)[] = [];
  const timers = new Set<Timer>();
  const subscriptions = new Set<() => void>();
  const sessions = new Set<MemberSession>();

  /** A dead process gets no answers: whatever it awaits stays pending. A closed log says so. */
  const alive = async (): Promise<void> => {
    if (ended === 'crashed') await new Promise<never>(() => {});
    if (closing) throw new LogError('CLOSED', `the log of ${name} is closed`);
  };

  const settle = (write: Write): void => {
    const failure = faults.failing(name, write.topic);
    const records = failure === null ? write.records : write.records.slice(0, failure.recordsLeft);
    const positions = records.map((record) => store.write(write.topic, record, clock.nowNs()));
    if (positions.length > 0) options.wake(write.topic);
    if (failure === null) {
      write.resolve(positions);
    } else {
      options.onAlert(failure.error);
      write.reject(failure.error);
    }
  };
  const drain = (): void => {
    // A topic whose first write must wait holds up its own later ones only.
    const held = new Set<string>();
    const left: Write[] = [];
    const ready: Write[] = [];
    for (const write of writes) {
      if (!write.due || held.has(write.topic) || faults.stalled(name, write.topic)) {
        held.add(write.topic);
        left.push(write);
      } else {
        ready.push(write);
      }
    }
    writes = left;
    for (const write of ready) settle(write);
    for (const wake of drained) wake();
    drained = [];
  };
  const later = (delayNs: Ns, run: () => void): void => {
    if (delayNs <= 0n) {
      queueMicrotask(() => {
        if (ended === null) run();
      });
      return;
    }
    const timer = clock.after(delayNs, () => {
      timers.delete(timer);
      run();
    });
    timers.add(timer);
  };
  const appendTopic = (topic: string, records: readonly AppendRecord[]): Promise<readonly LogPosition[]> =>
    new Promise((resolve, reject) => {
      const write: Write = { topic, records, resolve, reject, due: false };
      writes.push(write);
      later(options.appendDelayNs(), () => {
        write.due = true;
        drain();
      });
    });
  const end = (how: 'crashed' | 'closed'): void => {
    ended = how;
    for (const timer of timers) timer.cancel();
    for (const unsubscribe of subscriptions) unsubscribe();
    subscriptions.clear();
  };

  const log: EventLog = {
    async append(records) {
      await alive();
      const byTopic = new Map<string, AppendRecord[]>();
      for (const record of records) {
        catalogue.partitionCount(record.topic);
        const bytes = record.value.length + record.key.length;
        if (bytes > options.recordBytesMax) {
          throw new LogError(
            'RECORD_TOO_LARGE',
            `topic ${record.topic}: ${bytes} bytes; allowed are ${options.recordBytesMax}`,
          );
        }
        byTopic.set(record.topic, [...(byTopic.get(record.topic) ?? []), record]);
      }
      const done = new Map<string, LogPosition[]>();
      await Promise.all(
        [...byTopic].map(async ([topic, share]) => done.set(topic, [...(await appendTopic(topic, share))])),
      );
      return records.map((record) => {
        const position = done.get(record.topic)?.shift();
        if (position === undefined)
          throw new Error(`memory log lost the position of a record on ${record.topic}`);
        return position;
      });
    },
    async read(topic, partition, fromOffset, limit) {
      await alive();
      return store.read(topic, partition, fromOffset, limit);
    },
    async endOffset(topic, partition) {
      await alive();
      return store.end(topic, partition);
    },
    async offsetAt(topic, partition, atNs) {
      await alive();
      return store.offsetAt(topic, partition, atNs);
    },
    async committed(group, topic, partition) {
      await alive();
      catalogue.check({ topic, partition });
      return options.coordinator.committed(group, topic, partition);
    },
    partitionCount: catalogue.partitionCount,
    partitionOf: catalogue.partitionOf,
    onAppended(topic, wake) {
      catalogue.partitionCount(topic);
      if (ended !== null) return () => {};
      const unsubscribe = options.onAppended(topic, wake);
      subscriptions.add(unsubscribe);
      return () => {
        subscriptions.delete(unsubscribe);
        unsubscribe();
      };
    },
    async join(join) {
      await alive();
      const session = await joinGroup(join, {
        clock,
        coordinator: options.coordinator,
        partitionCount: catalogue.partitionCount,
        heartbeatNs: options.heartbeatNs,
        sessionTimeoutNs: options.sessionTimeoutNs,
        onTrouble: () => {},
      });
      if (ended !== null) session.abandon();
      else sessions.add(session);
      return session;
    },
    async close() {
      if (ended !== null || closing) return;
      closing = true;
      await Promise.all([...sessions].map((session) => session.leave()));
      while (writes.length > 0) await new Promise<void>((resolve) => drained.push(resolve));
      end('closed');
    },
  };

  return {
    log,
    drain,
    crash(recordsSurviving) {
      if (ended !== null) return;
      end('crashed');
      for (const session of sessions) session.abandon();
      let left = recordsSurviving;
      for (const write of writes) {
        const kept = write.records.slice(0, left);
        left -= kept.length;
        for (const record of kept) store.write(write.topic, record, clock.nowNs());
        if (kept.length > 0) options.wake(write.topic);
      }
      writes = [];
    },
    pendingRecords: () => writes.reduce((sum, write) => sum + write.records.length, 0),
    ended: () => ended !== null || closing,
  };
}
