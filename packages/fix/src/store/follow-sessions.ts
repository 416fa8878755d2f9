import type { Ns } from '@tapeclock/domain';
import { type EventLog, followTopic } from '@tapeclock/event-log';
import type { Clock } from '@tapeclock/ports';
import { type EventCodec, topicOf } from '@tapeclock/schemas';
import { SessionFold } from './fold.ts';
import type { SentLimits } from './sent-messages.ts';
import { sessionRecord } from './session-event.ts';
import type { StoredSession } from './session-store.ts';

/** What all sessions on the log remember, kept in step with it: a standby need not read a day of numbers to log on. */
export interface FollowedSessions {
  /** As `SessionStore.load`: everything that is durable at the time of the call is in. */
  stored(sessionId: string): Promise<StoredSession>;
  stop(): Promise<void>;
}

/** `paceNs`: see `FollowOptions`; `stored` never waits for it. */
export function followSessions(
  options: {
    readonly log: EventLog;
    readonly codec: EventCodec;
    readonly clock: Clock;
    readonly paceNs?: Ns;
  } & SentLimits,
): FollowedSessions {
  const { log, codec, clock, paceNs, ...limits } = options;
  const folds = new Map<string, SessionFold>();
  const follower = followTopic({
    log,
    clock,
    topic: topicOf('FixSessionAdvanced'),
    ...(paceNs === undefined ? {} : { paceNs }),
    take(record) {
      const decoded = codec.decode(record.value);
      if (decoded.type !== 'FixSessionAdvanced') return;
      const advanced = sessionRecord(decoded.event);
      if (advanced === null) return;
      let fold = folds.get(record.key);
      if (fold === undefined) {
        fold = new SessionFold(limits);
        folds.set(record.key, fold);
      }
      fold.apply(advanced, decoded.event.meta.recordedNs);
    },
  });
  return {
    async stored(sessionId) {
      await follower.upToDate();
      return (folds.get(sessionId) ?? new SessionFold(limits)).result();
    },
    stop: () => follower.stop(),
  };
}
