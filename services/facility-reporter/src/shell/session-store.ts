import { NS_PER_HOUR, NS_PER_MINUTE, type Ns } from '@tapeclock/domain';
import {
  type FollowedSessions,
  logSessionStore,
  mergeSent,
  type SentMessage,
  type SessionStore,
} from '@tapeclock/fix';
import { TOPICS } from '@tapeclock/schemas';
import { FACILITY_REPORTER } from '../core/events.ts';
import { type LogReading, newestNs, readThrough } from './read-log.ts';
import type { ReportsAhead } from './reports-ahead.ts';

/**
 * Around the session's last sign on fix.sessions: before it, what the facility may ask for again (older messages are
 * gap-filled, and their reports queried); after it, intents whose number was not noted any more. A session that is on
 * leaves a sign every half minute (Heartbeat), and without being on it sends nothing.
 */
const AROUND_NS = 2n * NS_PER_MINUTE;
const SEARCH_NS = [2n * NS_PER_MINUTE, NS_PER_HOUR] as const;

/** What was read ahead; where it is not there, the log is read. */
export interface SessionsKnown {
  readonly followed?: FollowedSessions | undefined;
  readonly ahead?: ReportsAhead | undefined;
}

/**
 * The facility session's durable memory is the log: administrative messages and numbers on fix.sessions, reports
 * with their bytes in the intents themselves. The numbers that intents use up are noted on fix.sessions too, now and
 * then, so that a restart need not read a day of intents to know the next number.
 */
export function reporterSessionStore(
  reading: LogReading,
  sessionId: string,
  horizonNs: Ns,
  signal: AbortSignal,
  known: SessionsKnown = {},
): SessionStore {
  const { followed, ahead } = known;
  const store = logSessionStore({
    ...reading,
    sessionId,
    producer: FACILITY_REPORTER,
    ...(followed === undefined ? {} : { followed }),
  });
  return mergeSent(store, async (numberedSinceNs) => {
    const intents = (await ahead?.intentsOf(sessionId, numberedSinceNs)) ?? null;
    if (intents !== null) return intents;
    const lastNs = await lastSignNs(reading, sessionId, horizonNs, signal);
    return lastNs === null ? [] : readIntents(reading, sessionId, lastNs, numberedSinceNs, signal);
  });
}

async function readIntents(
  reading: LogReading,
  sessionId: string,
  lastNs: Ns,
  numberedSinceNs: Ns | null,
  signal: AbortSignal,
): Promise<readonly SentMessage[]> {
  const { log } = reading;
  const topic = TOPICS.reportsOutcome;
  const sent: SentMessage[] = [];
  for (let partition = 0; partition < log.partitionCount(topic); partition += 1) {
    const range = {
      from: await log.offsetAt(topic, partition, lastNs > AROUND_NS ? lastNs - AROUND_NS : 0n),
      end: await log.offsetAt(topic, partition, lastNs + AROUND_NS),
    };
    await readThrough(reading, topic, partition, range, signal, (event) => {
      if (event.type !== 'ReportIntended' || event.event.sessionId !== sessionId) return;
      // Numbers of before a reset name other messages now.
      if (numberedSinceNs !== null && event.event.meta.recordedNs < numberedSinceNs) return;
      sent.push({ seq: Number(event.event.msgSeqNum), bytes: event.event.message });
    });
  }
  return sent.sort((a, b) => a.seq - b.seq);
}

/** When the session last left a record; null for one that never did, which then has sent nothing either. */
async function lastSignNs(
  reading: LogReading,
  sessionId: string,
  horizonNs: Ns,
  signal: AbortSignal,
): Promise<Ns | null> {
  const { log } = reading;
  const topic = TOPICS.fixSessions;
  const partition = log.partitionOf(topic, sessionId);
  const newest = await newestNs(reading, topic, partition);
  if (newest === null) return null;
  let lastNs: Ns | null = null;
  // The partition is shared with other sessions, which may have gone on for long: look back further step by step.
  for (const backNs of [...SEARCH_NS, horizonNs]) {
    const range = {
      from: await log.offsetAt(topic, partition, newest > backNs ? newest - backNs : 0n),
      end: await log.endOffset(topic, partition),
    };
    await readThrough(reading, topic, partition, range, signal, (_event, record) => {
      if (record.key === sessionId) lastNs = record.appendedNs;
    });
    if (lastNs !== null) return lastNs;
  }
  return null;
}
