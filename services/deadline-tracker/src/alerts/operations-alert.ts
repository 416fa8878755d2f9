import { eventId, type Ns } from '@tapeclock/domain';
import type { EncodedEvent, EventCodec, OperationsAlert, StageStamps } from '@tapeclock/schemas';
import { PRODUCER } from './obligation-events.ts';

export const noStamps: StageStamps = {
  executedNs: null,
  receivedNs: null,
  loggedNs: null,
  enrichedNs: null,
  intendedNs: null,
  sentNs: null,
  answeredNs: null,
  facilityNs: null,
  clockOffsetNs: null,
};

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
      stamps: noStamps,
    },
  });
}
