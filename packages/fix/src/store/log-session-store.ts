import { eventId, type LineageId } from '@tapeclock/domain';
import type { EventLog } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import { type EventCodec, NO_STAMPS, topicOf } from '@tapeclock/schemas';
import { SessionFold } from './fold.ts';
import type { FollowedSessions } from './follow-sessions.ts';
import type { SentLimits } from './sent-messages.ts';
import { SESSION_KIND, sessionRecord } from './session-event.ts';
import type { SessionStore } from './session-store.ts';

export interface LogSessionStoreOptions extends SentLimits {
  readonly log: EventLog;
  readonly codec: EventCodec;
  readonly clock: Clock;
  readonly sessionId: string;
  /** Service that writes, for the events' `producer`. */
  readonly producer: string;
  /** Has read ahead what `load` is to find. @default nobody: `load` reads the log itself */
  readonly followed?: FollowedSessions;
}

const SCHEMA_VERSION = 1;
const READ_LIMIT = { recordsMax: 2000, bytesMax: 4 * 1024 * 1024 };
const NO_BYTES = new Uint8Array();

/**
 * A session's memory as `FixSessionAdvanced` events under the session's own key: durable exactly as the log is. `load`
 * reads that key's partition from its first record, so its cost grows with what the log keeps.
 */
export function logSessionStore(options: LogSessionStoreOptions): SessionStore {
  const { log, codec, clock, sessionId, producer } = options;
  return {
    async load() {
      if (options.followed !== undefined) return options.followed.stored(sessionId);
      const topic = topicOf('FixSessionAdvanced');
      const partition = log.partitionOf(topic, sessionId);
      const fold = new SessionFold(options);
      const endOffset = await log.endOffset(topic, partition);
      let offset = 0n;
      while (offset < endOffset) {
        const records = await log.read(topic, partition, offset, READ_LIMIT);
        const last = records.at(-1);
        if (last === undefined) break;
        for (const record of records) {
          if (record.key !== sessionId) continue;
          const decoded = codec.decode(record.value);
          if (decoded.type !== 'FixSessionAdvanced') continue;
          const advanced = sessionRecord(decoded.event);
          if (advanced !== null) fold.apply(advanced, decoded.event.meta.recordedNs);
        }
        offset = last.offset + 1n;
      }
      return fold.result();
    },
    async append(records) {
      const recordedNs = clock.nowNs();
      await log.append(
        records.map((record) => {
          const seq = BigInt(record.kind === 'reset' ? record.nextOut : record.seq);
          return codec.record('FixSessionAdvanced', {
            meta: {
              eventId: eventId('FixSessionAdvanced', sessionId, record.kind, String(seq), String(recordedNs)),
              lineageId: sessionId as LineageId,
              schemaVersion: SCHEMA_VERSION,
              recordedNs,
              producer,
              traceparent: null,
              stamps: NO_STAMPS,
            },
            sessionId,
            kind: SESSION_KIND[record.kind],
            seq,
            isApplication: record.kind === 'out' && record.isApplication,
            message: record.kind === 'out' && record.isApplication ? record.bytes : NO_BYTES,
          });
        }),
      );
    },
  };
}
