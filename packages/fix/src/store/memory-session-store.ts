import { SessionFold } from './fold.ts';
import type { SentLimits } from './sent-messages.ts';
import type { SessionStore } from './session-store.ts';

/** Outlives connections, not the process: for tests, and for sessions that reset on every Logon. */
export function memorySessionStore(limits: SentLimits = {}): SessionStore {
  const fold = new SessionFold(limits);
  return {
    load: async () => fold.result(),
    async append(records) {
      for (const record of records) fold.apply(record, null);
    },
  };
}
