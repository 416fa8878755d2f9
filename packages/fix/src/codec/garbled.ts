/**
 * Why bytes are not a message. The FIX session layer wants such bytes ignored: no sequence number is used, no
 * Reject is sent, and the stream goes on with the next message.
 */
export const GARBLED_REASONS = [
  /** 8, 9 and 35 are not the first three fields. */
  'HEADER_ORDER',
  /** BodyLength (9) is unreadable, or CheckSum (10) does not stand where it says. */
  'BODY_LENGTH',
  'CHECKSUM',
  /** A tag is not a whole number without leading zeros. */
  'TAG',
  /** A field has no `=` or no end. */
  'FIELD',
] as const;
export type GarbledReason = (typeof GARBLED_REASONS)[number];
