import { eventId, type Ns } from '@tapeclock/domain';
import { type EncodedEvent, type EventCodec, NO_STAMPS, type OperationsAlert } from '@tapeclock/schemas';
import { PRODUCER } from './obligation-events.ts';

/** An alert for on-call; `key` is `keyIn` of its partition and subject, so that raising and clearing keep their order. */
export function operationsAlert(
  alert: Omit<OperationsAlert, 'meta'>,
  key: string,
  nowNs: Ns,
  codec: EventCodec,
): EncodedEvent {
  return codec.record('OperationsAlert', {
    ...alert,
    meta: {
      eventId: eventId('OperationsAlert', alert.alert, alert.subject, alert.state, String(nowNs)),
      lineageId: key,
      schemaVersion: 1,
      recordedNs: nowNs,
      producer: PRODUCER,
      traceparent: null,
      stamps: NO_STAMPS,
    },
  });
}
