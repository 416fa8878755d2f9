import { eventId, type Ns } from '@tapeclock/domain';
import { type EncodedEvent, type EventCodec, NO_STAMPS, type OperationsAlert } from '@tapeclock/schemas';
import { PRODUCER } from './obligation-events.ts';

/** An alert for on-call, keyed by its subject so that raising and clearing keep their order. */
export function operationsAlert(
  alert: Omit<OperationsAlert, 'meta'>,
  nowNs: Ns,
  codec: EventCodec,
): EncodedEvent {
  return codec.record('OperationsAlert', {
    ...alert,
    meta: {
      eventId: eventId('OperationsAlert', alert.alert, alert.subject, alert.state, String(nowNs)),
      lineageId: alert.subject,
      schemaVersion: 1,
      recordedNs: nowNs,
      producer: PRODUCER,
      traceparent: null,
      stamps: NO_STAMPS,
    },
  });
}
