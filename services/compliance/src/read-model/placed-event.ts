import type { Ns } from '@tapeclock/domain';
import type { LogPosition } from '@tapeclock/event-log';
import type { AnyEvent } from '@tapeclock/schemas';

/** A decoded event with its place on the log and its bytes as logged. */
export type PlacedEvent = AnyEvent & {
  readonly position: LogPosition;
  readonly appendedNs: Ns;
  readonly value: Uint8Array;
};

/** A record that could not be read: only its place is taken note of, so that it is not read again. */
export interface UnreadableRecord {
  readonly type: null;
  readonly position: LogPosition;
  readonly appendedNs: Ns;
}

/** `topic/partition`, the key under which the next offset is kept. */
export function placeKey(place: { readonly topic: string; readonly partition: number }): string {
  return `${place.topic}/${place.partition}`;
}
