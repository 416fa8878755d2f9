import { eventId, type Ns } from '@tapeclock/domain';
import type { StateChange } from '@tapeclock/fix';
import { type EncodedEvent, type EventCodec, NO_STAMPS } from '@tapeclock/schemas';

/** A session came up or went down, for the board and the tracker. */
export function sessionStateChanged(
  change: StateChange,
  context: { readonly nowNs: Ns; readonly processName: string; readonly codec: EventCodec },
): EncodedEvent {
  const { nowNs, processName, codec } = context;
  const { sessionId } = change.session;
  return codec.record('SessionStateChanged', {
    meta: {
      eventId: eventId('SessionStateChanged', sessionId, change.state, String(nowNs)),
      lineageId: sessionId,
      schemaVersion: 1,
      recordedNs: nowNs,
      producer: 'fix-gateway',
      traceparent: null,
      stamps: NO_STAMPS,
    },
    sessionId,
    role: 'gateway',
    state: change.state,
    process: processName,
    text: change.text === '' ? null : change.text.slice(0, 200),
  });
}
