import type { Ns } from '@tapeclock/domain';

/** One thing to remember about a session. */
export type SessionRecord =
  /** Number `seq` is used up. `bytes` (as they leave) are kept for application messages, empty otherwise. */
  | {
      readonly kind: 'out';
      readonly seq: number;
      readonly isApplication: boolean;
      readonly bytes: Uint8Array;
    }
  /** Everything up to and including `seq` is durable with us. May lag behind the truth, must never run ahead of it. */
  | { readonly kind: 'in'; readonly seq: number }
  /** Both directions begin anew; our next number is `nextOut`, the peer's is 1. What was sent before is forgotten. */
  | { readonly kind: 'reset'; readonly nextOut: number };

/** An application message as it left. */
export interface SentMessage {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

export interface StoredSession {
  readonly nextOut: number;
  readonly nextIn: number;
  /** The newest application messages of the present numbering, ascending; bounded. */
  readonly sent: readonly SentMessage[];
  /** When the present numbering began, where a reset is on record. */
  readonly sinceNs: Ns | null;
}

/**
 * Durable memory of one session. An implementer must guarantee:
 * - `append` resolves when every record is durable, and keeps the order of the calls, also when not awaited. After a
 *   rejection any number of the records may be there: the engine never uses their numbers again.
 * - `load` sees everything that `append` has resolved for. It is called once, before the first `append`.
 */
export interface SessionStore {
  load(): Promise<StoredSession>;
  append(records: readonly SessionRecord[]): Promise<void>;
}
