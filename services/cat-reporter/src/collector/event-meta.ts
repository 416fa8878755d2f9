import { eventId } from '@tapeclock/domain';
import { type EventMeta, NO_STAMPS } from '@tapeclock/schemas';

export const PRODUCER = 'cat-reporter';

/** `causes` name the event: the same causes make the same id. */
export function catMeta(
  type: string,
  causes: readonly string[],
  lineageId: string,
  recordedNs: bigint,
  trade?: EventMeta,
): EventMeta {
  return {
    eventId: eventId(type, ...causes),
    lineageId,
    schemaVersion: 1,
    recordedNs,
    producer: PRODUCER,
    traceparent: trade?.traceparent ?? null,
    stamps: trade?.stamps ?? NO_STAMPS,
  };
}
