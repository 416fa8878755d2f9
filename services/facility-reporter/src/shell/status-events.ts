import { eventId, type Ns } from '@tapeclock/domain';
import { type EncodedEvent, type EventCodec, type EventMeta, NO_STAMPS } from '@tapeclock/schemas';
import { FACILITY_REPORTER } from '../core/events.ts';

/** A facility session came up or went down; read by the tracker and the dashboard. */
export function sessionStateEvent(
  change: { readonly sessionId: string; readonly state: string; readonly text: string },
  nowNs: Ns,
  processName: string,
  codec: EventCodec,
): EncodedEvent {
  const { sessionId, state, text } = change;
  return codec.record('SessionStateChanged', {
    meta: metaAbout(sessionId, eventId('SessionStateChanged', sessionId, state, String(nowNs)), nowNs),
    sessionId,
    role: 'facility',
    state,
    process: processName,
    text: text === '' ? null : text,
  });
}

/** The highest number that intents have used up, so that a restart finds it without reading them all. */
export function numberUsedEvent(sessionId: string, seq: bigint, nowNs: Ns, codec: EventCodec): EncodedEvent {
  return codec.record('FixSessionAdvanced', {
    meta: metaAbout(
      sessionId,
      eventId('FixSessionAdvanced', sessionId, 'OUT', String(seq), 'intents'),
      nowNs,
    ),
    sessionId,
    kind: 'OUT',
    seq,
    // The bytes stand in the intent.
    isApplication: false,
    message: new Uint8Array(),
  });
}

function metaAbout(sessionId: string, id: string, nowNs: Ns): EventMeta {
  return {
    eventId: id,
    lineageId: sessionId,
    schemaVersion: 1,
    recordedNs: nowNs,
    producer: FACILITY_REPORTER,
    traceparent: null,
    stamps: NO_STAMPS,
  };
}
