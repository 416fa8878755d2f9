import { read } from '../../api/request.ts';
import { sessionEnded } from '../../api/session.ts';
import { browserClock } from '../../clock.ts';
import type { LiveChange, LiveHeartbeat, LiveHello, ObligationsPage } from '../../contract.ts';
import { applyObligations, OBLIGATIONS_MAX, obligationsShort } from '../../live/apply-obligations.ts';
import { heard } from '../../live/server-clock.ts';
import { queryClient } from '../query-client.ts';
import { connectionStore, obligationsStore, overviewStore, serverClockStore, tellTrades } from './stores.ts';

const RECONNECT_MS = 1_000;
const SILENT_HEARTBEATS = 3;

/** Follows the server until stopped: one connection, applied to the stores, and lists fetched anew where told. */
export function followLive(): () => void {
  let source: EventSource | null = null;
  let heartbeatMs = 5_000;
  let cancelWatch: () => void = () => {};
  let cancelReconnect: () => void = () => {};
  let stopped = false;

  const fetchObligations = async () => {
    try {
      obligationsStore.set(await read<ObligationsPage>('/obligations', { limit: String(OBLIGATIONS_MAX) }));
    } catch {
      // The next change asks again.
    }
  };
  const alive = (serverNowMs: number) => {
    serverClockStore.set(heard(serverClockStore.get(), serverNowMs, browserClock.monotonicMs()));
    connectionStore.set('live');
    cancelWatch();
    cancelWatch = browserClock.after(heartbeatMs * SILENT_HEARTBEATS, lost);
  };
  const lost = () => {
    connectionStore.set('lost');
    source?.close();
    if (stopped) return;
    cancelReconnect();
    cancelReconnect = browserClock.after(RECONNECT_MS, connect);
  };
  const refetchAll = () => {
    void fetchObligations();
    void queryClient.invalidateQueries();
    tellTrades([], true);
  };

  const onChange = (change: LiveChange) => {
    overviewStore.set(change.overview);
    const page = obligationsStore.get();
    if (page === null || obligationsShort(page, change)) void fetchObligations();
    else obligationsStore.set(applyObligations(page, change));
    if (change.trades.changed.length > 0 || change.trades.truncated) {
      tellTrades(change.trades.changed, change.trades.truncated);
    }
    const ids = new Set(change.trades.changed.map((row) => row.lineageId));
    void queryClient.invalidateQueries({
      predicate: ({ queryKey: [kind, id] }) =>
        kind === 'trade' &&
        change.trades.changed.some((row) => row.executionId === id || ids.has(String(id))),
    });
    for (const [kind, changed] of Object.entries({
      repairs: change.repairs,
      'in-doubt': change.inDoubt,
      alerts: change.alerts,
      cat: change.catFiles,
      'dead-letters': change.deadLetters,
    })) {
      if (changed.length > 0) void queryClient.invalidateQueries({ queryKey: [kind] });
    }
  };

  const connect = () => {
    if (stopped) return;
    source = new EventSource('/api/live');
    const on = <Message extends { readonly serverNowMs: number }>(
      name: string,
      run: (message: Message) => void,
    ) =>
      source?.addEventListener(name, (event) => {
        const message = JSON.parse((event as MessageEvent<string>).data) as Message;
        alive(message.serverNowMs);
        run(message);
      });
    on<LiveHello>('hello', (hello) => {
      heartbeatMs = hello.heartbeatMs;
      overviewStore.set(hello.overview);
      refetchAll();
    });
    on<LiveChange>('change', onChange);
    on<LiveHeartbeat>('heartbeat', (beat) => overviewStore.set(beat.overview));
    on('resync', refetchAll);
    source.addEventListener('signedOut', () => {
      stop();
      sessionEnded();
    });
    source.onerror = lost;
  };
  const stop = () => {
    stopped = true;
    cancelWatch();
    cancelReconnect();
    source?.close();
  };
  connect();
  return stop;
}
