import { NS_PER_MINUTE, type Ns } from '@tapeclock/domain';
import { logSessionStore, mergeSent, type SentMessage, type SessionStore } from '@tapeclock/fix';
import { TOPICS } from '@tapeclock/schemas';
import { FACILITY_REPORTER } from '../core/events.ts';
import { type LogReading, newestNs, readThrough } from './read-log.ts';

/**
 * How far before the newest outcome the messages of intents are read back. Only what the facility has not received can
 * be asked for again, and that is what was in flight at the end; older ones are gap-filled and then queried.
 */
const RESENDABLE_NS = 2n * NS_PER_MINUTE;

/**
 * The facility session's durable memory is the log: administrative messages and numbers on fix.sessions, reports
 * with their bytes in the intents themselves. The numbers that intents use up are noted on fix.sessions too, in the
 * same append, so that a restart need not read a day of intents to know the next number.
 */
export function reporterSessionStore(
  reading: LogReading,
  sessionId: string,
  horizonNs: Ns,
  signal: AbortSignal,
): SessionStore {
  const store = logSessionStore({ ...reading, sessionId, producer: FACILITY_REPORTER });
  return mergeSent(store, (sinceNs) => readIntents(reading, sessionId, sinceNs, horizonNs, signal));
}

async function readIntents(
  reading: LogReading,
  sessionId: string,
  numberedSinceNs: Ns | null,
  horizonNs: Ns,
  signal: AbortSignal,
): Promise<readonly SentMessage[]> {
  const { log } = reading;
  const topic = TOPICS.reportsOutcome;
  const partitions = Array.from({ length: log.partitionCount(topic) }, (_, index) => index);
  const newest = await Promise.all(partitions.map((partition) => newestNs(reading, topic, partition)));
  const endNs = newest.reduce<Ns>((latest, atNs) => (atNs !== null && atNs > latest ? atNs : latest), 0n);
  let fromNs = endNs > RESENDABLE_NS ? endNs - RESENDABLE_NS : 0n;
  const nowNs = reading.clock.nowNs();
  if (nowNs > horizonNs && fromNs < nowNs - horizonNs) fromNs = nowNs - horizonNs;
  const sent: SentMessage[] = [];
  for (const partition of partitions) {
    const range = {
      from: await log.offsetAt(topic, partition, fromNs),
      end: await log.endOffset(topic, partition),
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
