import type { Ns } from '@tapeclock/domain';
import type { SentMessage, SessionStore } from './session-store.ts';

/**
 * Adds, on load, the messages whose record the caller keeps elsewhere (`send` with `persist`): without them the
 * session would use their numbers again and answer a ResendRequest for them with a gap fill. `sentSince` gets the
 * instant at which the present numbering began (`null`: no reset on record) and must leave out what is older.
 */
export function mergeSent(
  store: SessionStore,
  sentSince: (sinceNs: Ns | null) => Promise<readonly SentMessage[]>,
): SessionStore {
  return {
    append: (records) => store.append(records),
    async load() {
      const stored = await store.load();
      const bySeq = new Map(stored.sent.map((message) => [message.seq, message]));
      for (const message of await sentSince(stored.sinceNs)) bySeq.set(message.seq, message);
      const sent = [...bySeq.values()].sort((a, b) => a.seq - b.seq);
      const lastSeq = sent.at(-1)?.seq ?? 0;
      return { ...stored, sent, nextOut: Math.max(stored.nextOut, lastSeq + 1) };
    },
  };
}
