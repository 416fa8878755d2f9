import { NS_PER_MS, type Ns } from '@tapeclock/domain';
import type { EventLog, LogRecord } from '@tapeclock/event-log';
import { type Clock, sleep } from '@tapeclock/ports';
import type { EventCodec } from '@tapeclock/schemas';
import { deadLetter, readEvent } from '@tapeclock/service';
import type { Telemetry } from '@tapeclock/telemetry';
import { type PlacedEvent, placeKey, type UnreadableRecord } from '../read-model/placed-event.ts';
import type { AppliedBatch, ReadModel } from '../read-model/read-model.ts';

export interface ProjectorEnvironment {
  readonly clock: Clock;
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly telemetry: Telemetry;
}

export interface ProjectorOptions {
  readonly topics: readonly string[];
  /** Called after each batch is durable in the read model. */
  readonly onApplied?: (batch: AppliedBatch) => void;
  /** Called when the model was dropped and begins anew. */
  readonly onRebuild?: () => void;
}

/** How far the read model is behind the log. */
export interface ProjectorHealth {
  /** Everything logged before this instant is in the model; null before the first look at the log. */
  readonly dataAsOfNs: Ns | null;
  /** Age of the oldest record that is not in the model; 0 where there is none. */
  readonly lagNs: Ns;
  readonly lagRecords: number;
  /** True from a start with an empty model until the end of the log was reached once. */
  readonly rebuilding: boolean;
}

export interface Projector {
  health(): ProjectorHealth;
  /** Resolves when everything that was on the log at the call is in the model. */
  caughtUp(): Promise<void>;
  stop(): Promise<void>;
}

interface Watcher {
  readonly ends: ReadonlyMap<string, bigint>;
  readonly resolve: () => void;
}

const STORAGE_CODE = /^SQLITE_(FULL|BUSY|LOCKED|IOERR|READONLY|CANTOPEN|CORRUPT|NOMEM)/;
/** A full disk or a locked file passes; anything else thrown by an apply is about the event itself. */
function isStorageError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && STORAGE_CODE.test(String(error.code));
}

/** Per place and round. Small enough that one batch holds the event loop for some 20 ms, not more. */
const READ = { recordsMax: 256, bytesMax: 1024 * 1024 } as const;
const BATCH_EVENTS_MAX = 512;
/** After a wake-up, wait for company: a batch of many costs little more than a batch of one. */
const GATHER_NS = 20n * NS_PER_MS;
const RETRY_NS = 500n * NS_PER_MS;

/**
 * Reads every topic from where the model has got to, on its own and in no consumer group: each model sees the whole
 * log. Between batches it gives the event loop away, so that the API answers while the model catches up.
 */
export async function startProjector(
  model: ReadModel,
  environment: ProjectorEnvironment,
  options: ProjectorOptions,
): Promise<Projector> {
  const { clock, log, telemetry } = environment;
  const stopping = new AbortController();
  const places = options.topics.flatMap((topic) =>
    Array.from({ length: log.partitionCount(topic) }, (_, partition) => ({ topic, partition })),
  );
  const next = await resume(model, log, places, options);
  const backlog = new Map<string, number>();
  let rebuilding = model.fresh;
  let lookedAtNs: Ns | null = null;
  let oldestWaitingNs: Ns | null = null;
  let wokenNs: Ns | null = clock.nowNs();
  /** When the news came that the round under way takes in; a round that fails gives it back. */
  let inHandNs: Ns | null = null;
  let wakeUp: (() => void) | null = null;
  const watchers = new Set<Watcher>();

  const wake = () => {
    wokenNs ??= clock.nowNs();
    wakeUp?.();
  };
  const unsubscribe = options.topics.map((topic) => log.onAppended(topic, wake));

  /** One turn over all places; true when something was there. */
  async function round(): Promise<boolean> {
    const startedNs = clock.nowNs();
    let batch: (PlacedEvent | UnreadableRecord)[] = [];
    let found = false;
    let oldest: Ns | null = null;
    for (const place of places) {
      const key = placeKey(place);
      const records = await log.read(place.topic, place.partition, next.get(key) ?? 0n, READ);
      if (records.length === 0) {
        backlog.delete(key);
        continue;
      }
      found = true;
      for (const record of records) batch.push(await placed(record, environment));
      const last = records[records.length - 1];
      if (last === undefined) continue;
      next.set(key, last.offset + 1n);
      if (records.length >= READ.recordsMax) {
        backlog.set(key, Number((await log.endOffset(place.topic, place.partition)) - last.offset - 1n));
        if (oldest === null || last.appendedNs < oldest) oldest = last.appendedNs;
      } else backlog.delete(key);
      if (batch.length >= BATCH_EVENTS_MAX) {
        await commit(batch);
        batch = [];
      }
    }
    if (batch.length > 0) await commit(batch);
    oldestWaitingNs = oldest;
    if (!found) lookedAtNs = startedNs;
    return found;
  }

  async function commit(batch: readonly (PlacedEvent | UnreadableRecord)[]): Promise<void> {
    try {
      const applied = await model.apply(batch);
      options.onApplied?.(applied);
    } catch (error) {
      if (isStorageError(error)) throw error;
      // One event that the fold cannot take must not hide all that come after it.
      for (const item of batch) await commitOne(item);
    }
    await sleep(clock, 0n, stopping.signal);
  }

  async function commitOne(item: PlacedEvent | UnreadableRecord): Promise<void> {
    try {
      const applied = await model.apply([item]);
      options.onApplied?.(applied);
    } catch (error) {
      if (isStorageError(error)) throw error;
      telemetry.logger.error('event left out of the read model', { ...item.position, error });
      await model.apply([{ type: null, position: item.position, appendedNs: item.appendedNs }]);
    }
  }

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      try {
        inHandNs = wokenNs;
        wokenNs = null;
        const asked = [...watchers];
        const found = await round();
        inHandNs = null;
        tellWatchers(found ? [] : asked);
        if (found) continue;
        rebuilding = false;
        if (wokenNs === null) await idle();
        await sleep(clock, GATHER_NS, stopping.signal);
      } catch (error) {
        if (stopping.signal.aborted) return;
        telemetry.logger.error('read model cannot go on; trying again', { error });
        // What was read and not kept is read again.
        const kept = await model.positions().catch(() => new Map<string, bigint>());
        for (const place of places) next.set(placeKey(place), kept.get(placeKey(place)) ?? 0n);
        wokenNs = inHandNs ?? wokenNs ?? clock.nowNs();
        await sleep(clock, RETRY_NS, stopping.signal).catch(() => {});
      }
    }
  }

  function idle(): Promise<void> {
    return new Promise((resolve) => {
      wakeUp = () => {
        wakeUp = null;
        resolve();
      };
      if (stopping.signal.aborted || wokenNs !== null) wakeUp();
    });
  }

  /** `satisfied` asked before a round that found nothing; the others are, once the ends they saw are reached. */
  function tellWatchers(satisfied: readonly Watcher[]): void {
    for (const watcher of watchers) {
      const reached = [...watcher.ends].every(([key, end]) => (next.get(key) ?? 0n) >= end);
      if (!reached && !satisfied.includes(watcher)) continue;
      watchers.delete(watcher);
      watcher.resolve();
    }
  }

  const finished = run();
  return {
    health() {
      const nowNs = clock.nowNs();
      const since = oldestWaitingNs ?? inHandNs ?? wokenNs;
      const lagNs = since === null || since > nowNs ? 0n : nowNs - since;
      const dataAsOfNs = lookedAtNs === null && oldestWaitingNs === null ? null : nowNs - lagNs;
      let lagRecords = 0;
      for (const count of backlog.values()) lagRecords += count;
      return { dataAsOfNs, lagNs, lagRecords, rebuilding };
    },
    async caughtUp() {
      const ends = new Map<string, bigint>();
      for (const place of places) {
        ends.set(placeKey(place), await log.endOffset(place.topic, place.partition));
      }
      await new Promise<void>((resolve) => {
        watchers.add({ ends, resolve });
        wake();
      });
    },
    async stop() {
      stopping.abort(new Error('stopping'));
      wakeUp?.();
      for (const off of unsubscribe) off();
      await finished;
    },
  };
}

/** Positions to begin at. A log that ends before them is another log: what the model tells never happened here. */
async function resume(
  model: ReadModel,
  log: EventLog,
  places: readonly { readonly topic: string; readonly partition: number }[],
  options: ProjectorOptions,
): Promise<Map<string, bigint>> {
  const next = new Map(await model.positions());
  for (const place of places) {
    const position = next.get(placeKey(place));
    if (position === undefined || position <= (await log.endOffset(place.topic, place.partition))) continue;
    await model.reset();
    options.onRebuild?.();
    return new Map();
  }
  return next;
}

async function placed(
  record: LogRecord,
  environment: ProjectorEnvironment,
): Promise<PlacedEvent | UnreadableRecord> {
  const read = await readEvent(record, environment.codec);
  const position = { topic: record.topic, partition: record.partition, offset: record.offset };
  if (!('failure' in read)) {
    return { ...read, position, appendedNs: record.appendedNs, value: record.value };
  }
  environment.telemetry.logger.warn('record cannot be read', { ...position, code: read.failure.code });
  // A dead letter about a dead letter would go on for ever.
  if (record.topic !== 'dead.letters') {
    await environment.log.append([
      deadLetter(
        'compliance',
        record,
        read.failure.code,
        read.failure.message,
        environment.clock.nowNs(),
        environment.codec,
      ),
    ]);
  }
  return { type: null, position, appendedNs: record.appendedNs };
}
