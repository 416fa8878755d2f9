import { eventId } from '@tapeclock/domain';
import type { EventMeta, StageStamps } from '@tapeclock/schemas';

export const PRODUCER = 'cat-reporter';

/** A file concerns many trades: it has no stamps of its own. */
export const NO_STAMPS: StageStamps = {
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
