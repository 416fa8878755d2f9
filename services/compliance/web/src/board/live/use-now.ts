import { useEffect } from 'react';
import { browserClock } from '../../clock.ts';
import { offsetMs } from '../../live/server-clock.ts';
import { createStore, useStore } from '../../store.ts';
import { serverClockStore } from './stores.ts';

/** The server's time, ten times a second, from one timer for all rows; null until the server has spoken. */
const nowStore = createStore<number | null>(null);
const TICK_MS = 100;
let watchers = 0;
let cancel: () => void = () => {};

function tick(): void {
  const offset = offsetMs(serverClockStore.get());
  nowStore.set(offset === null ? null : Math.floor(offset + browserClock.monotonicMs()));
  cancel = browserClock.after(TICK_MS, tick);
}

export function useServerNowMs(): number | null {
  useEffect(() => {
    watchers += 1;
    if (watchers === 1) tick();
    return () => {
      watchers -= 1;
      if (watchers === 0) cancel();
    };
  }, []);
  return useStore(nowStore);
}
