import { msFromNs, NS_PER_MS, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import type { Clock, Timer } from '@tapeclock/ports';
import type { LiveChange, LiveEventName, Overview } from '../api/contract.ts';
import type { TradeRecord } from '../read-model/projection/trade-record.ts';
import type { AppliedBatch } from '../read-model/read-model.ts';
import { obligation, tradeRow } from '../views/rows.ts';

/** Where one client's messages go; a socket in the server, an array in tests. */
export interface LiveSink {
  write(text: string): void;
  /** Bytes written and not yet taken by the network. */
  bufferedBytes(): number;
  end(): void;
}

export interface LiveHub {
  /** Adds a client and greets it. `signedIn` is asked at each heartbeat. Null: there are too many. */
  connect(sink: LiveSink, signedIn: () => boolean): Promise<(() => void) | null>;
  applied(batch: AppliedBatch): void;
  rebuilt(): void;
  clients(): number;
  stop(): void;
}

export const HEARTBEAT_NS: Ns = 1n * NS_PER_SECOND;
/** At most ten a second. */
const FLUSH_NS: Ns = 100n * NS_PER_MS;
const CLIENTS_MAX = 200;
/** A client that has left this much unread gets nothing more until it has read. */
const UNREAD_BYTES_MAX = 512 * 1024;
/** Heartbeats a client may stay behind before it is let go. */
const STALLED_BEATS_MAX = 30;
const TRADES_MAX = 100;
const OBLIGATIONS_MAX = 300;
const IDS_MAX = 100;
const PENDING_TRADES_MAX = 2_000;

interface Client {
  readonly sink: LiveSink;
  readonly signedIn: () => boolean;
  missed: boolean;
  stalledBeats: number;
}

interface Pending {
  readonly trades: Map<string, TradeRecord>;
  readonly wasOpen: Set<string>;
  overflow: boolean;
  readonly repairs: Set<string>;
  readonly inDoubt: Set<string>;
  readonly alerts: Set<string>;
  readonly catFiles: Set<string>;
  readonly deadLetters: Set<string>;
  something: boolean;
}

/**
 * Tells connected boards what changed. Changes are gathered and told together, the text is made once for all, and
 * what is gathered is bounded: beyond it the message says so (`truncated`, `*`) and the board asks anew.
 */
export function createLiveHub(
  clock: Clock,
  overview: () => Promise<Overview>,
  onError: (error: unknown) => void,
): LiveHub {
  const clients = new Set<Client>();
  let pending = nothing();
  let timer: Timer | null = null;
  let beat: Timer | null = null;
  let flushing = false;
  let stopped = false;
  let seq = 0;
  let lastSentNs: Ns = clock.monotonicNs() - FLUSH_NS;

  const nowMs = () => msFromNs(clock.nowNs());
  const message = (name: LiveEventName, data: unknown, id?: number) =>
    `${id === undefined ? '' : `id: ${id}\n`}event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

  function broadcast(text: string): void {
    lastSentNs = clock.monotonicNs();
    for (const client of clients) {
      if (client.sink.bufferedBytes() > UNREAD_BYTES_MAX) {
        client.missed = true;
        continue;
      }
      client.stalledBeats = 0;
      if (client.missed) {
        client.missed = false;
        client.sink.write(message('resync', { serverNowMs: nowMs(), reason: 'SLOW_CLIENT' }));
      }
      client.sink.write(text);
    }
  }

  function schedule(): void {
    if (timer !== null || flushing || stopped || clients.size === 0) return;
    const waitNs = lastSentNs + FLUSH_NS - clock.monotonicNs();
    timer = clock.after(waitNs > 0n ? waitNs : 0n, () => {
      timer = null;
      void flush();
    });
  }

  async function flush(): Promise<void> {
    flushing = true;
    const told = pending;
    pending = nothing();
    try {
      const view = await overview();
      seq += 1;
      broadcast(message('change', changeOf(told, view, seq), seq));
    } catch (error) {
      // What was not told must not be lost: the boards fetch it.
      onError(error);
      broadcast(message('resync', { serverNowMs: nowMs(), reason: 'SLOW_CLIENT' }));
    } finally {
      flushing = false;
    }
    if (pending.something) schedule();
  }

  function armBeat(): void {
    if (beat !== null || stopped || clients.size === 0) return;
    beat = clock.after(HEARTBEAT_NS, () => {
      beat = null;
      void onBeat().finally(armBeat);
    });
  }

  async function onBeat(): Promise<void> {
    for (const client of clients) {
      if (client.missed) client.stalledBeats += 1;
      const signedIn = client.signedIn();
      if (signedIn && client.stalledBeats <= STALLED_BEATS_MAX) continue;
      if (!signedIn) client.sink.write(message('signedOut', { serverNowMs: nowMs() }));
      clients.delete(client);
      client.sink.end();
    }
    if (flushing || clients.size === 0 || clock.monotonicNs() - lastSentNs < HEARTBEAT_NS) return;
    try {
      broadcast(message('heartbeat', { serverNowMs: nowMs(), overview: await overview() }));
    } catch (error) {
      onError(error);
    }
  }

  return {
    async connect(sink, signedIn) {
      if (clients.size >= CLIENTS_MAX || stopped) return null;
      const client: Client = { sink, signedIn, missed: false, stalledBeats: 0 };
      const view = await overview();
      sink.write(
        message('hello', {
          serverNowMs: nowMs(),
          heartbeatMs: Number(HEARTBEAT_NS / NS_PER_MS),
          overview: view,
        }),
      );
      clients.add(client);
      armBeat();
      return () => void clients.delete(client);
    },
    applied(batch) {
      // Nobody looks: nothing is kept. Whoever comes fetches what is there.
      if (clients.size === 0 || (batch.applied === 0 && !batch.operations)) return;
      gather(pending, batch);
      schedule();
    },
    rebuilt: () => broadcast(message('resync', { serverNowMs: nowMs(), reason: 'REBUILT' })),
    clients: () => clients.size,
    stop() {
      stopped = true;
      timer?.cancel();
      beat?.cancel();
      for (const client of clients) client.sink.end();
      clients.clear();
    },
  };
}

function nothing(): Pending {
  return {
    trades: new Map(),
    wasOpen: new Set(),
    overflow: false,
    repairs: new Set(),
    inDoubt: new Set(),
    alerts: new Set(),
    catFiles: new Set(),
    deadLetters: new Set(),
    something: false,
  };
}

function gather(pending: Pending, batch: AppliedBatch): void {
  pending.something = true;
  for (const trade of batch.trades) {
    const id = trade.execution_id;
    const known = pending.trades.has(id);
    if (!known && pending.trades.size >= PENDING_TRADES_MAX) {
      pending.overflow = true;
      continue;
    }
    // What counts is whether the boards knew it as open before this message, not before the last batch.
    if (!known && batch.wasOpen.has(id)) pending.wasOpen.add(id);
    pending.trades.set(id, trade);
  }
  add(pending.repairs, batch.repairIds);
  add(pending.inDoubt, batch.inDoubtIds);
  add(pending.alerts, batch.alertIds);
  add(pending.catFiles, batch.catFileNames);
  add(pending.deadLetters, batch.deadLetterIds);
  // An act marks its subject as pending, acknowledged or being resolved; which of them, the board finds out.
  for (const set of [pending.repairs, pending.inDoubt, pending.alerts]) add(set, batch.actedOn);
}

/** One more than may be told, so that it shows that there were too many. */
function add(set: Set<string>, ids: readonly string[]): void {
  for (const id of ids) {
    if (set.size > IDS_MAX) return;
    set.add(id);
  }
}

function changeOf(told: Pending, overview: Overview, seq: number): LiveChange {
  const open: TradeRecord[] = [];
  const removed: string[] = [];
  for (const [id, trade] of told.trades) {
    if (trade.open === 1n) open.push(trade);
    else if (told.wasOpen.has(id)) removed.push(id);
  }
  const nearest = open.sort((a, b) => compare(a.due_ns ?? 0n, b.due_ns ?? 0n)).slice(0, OBLIGATIONS_MAX);
  const newest = [...told.trades.values()]
    .sort((a, b) => compare(b.order_ns, a.order_ns))
    .slice(0, TRADES_MAX);
  return {
    seq,
    serverNowMs: overview.serverNowMs,
    overview,
    obligations: {
      changed: nearest.map(obligation),
      removed,
      truncated: told.overflow || open.length > nearest.length,
    },
    trades: {
      changed: newest.map(tradeRow),
      truncated: told.overflow || told.trades.size > newest.length,
    },
    repairs: named(told.repairs),
    inDoubt: named(told.inDoubt),
    alerts: named(told.alerts),
    catFiles: named(told.catFiles),
    deadLetters: named(told.deadLetters),
  };
}

const named = (ids: ReadonlySet<string>): string[] => (ids.size > IDS_MAX ? ['*'] : [...ids]);
const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
