import type { Field, FixMessage } from '../codec/index.ts';

/** What we send, without the header and trailer: those are the session's. */
export interface OutgoingMessage {
  readonly msgType: string;
  /** Body in the order it goes out. Header fields of the application (50, 57, 97, 115, 128 …) come first. */
  readonly fields: readonly Field[];
}

export type SessionEvent =
  /** The stream is open. An initiator sends its Logon, an acceptor waits for one. */
  | { readonly kind: 'connected' }
  | { readonly kind: 'message'; readonly message: FixMessage }
  /** The delivery `seq` of that epoch is durable with us. In any order. */
  | { readonly kind: 'taken'; readonly seq: number; readonly epoch: number }
  | { readonly kind: 'send'; readonly message: OutgoingMessage }
  /** `wakeAtNs` has come. `isReading` false: we hold the stream ourselves, so silence is not the peer's. */
  | { readonly kind: 'tick'; readonly isReading: boolean }
  /** We want to end the session in good order. */
  | { readonly kind: 'logout'; readonly text: string }
  | { readonly kind: 'disconnected' };

/** In the order in which the shell has to act on them. */
export type SessionOutput =
  /** Durable first, then on the wire, in the order of `seq`. */
  | {
      readonly kind: 'transmit';
      readonly seq: number;
      readonly msgType: string;
      readonly bytes: Uint8Array;
      /** False: a resend puts a gap fill in its place, so only the number needs storing. */
      readonly isApplication: boolean;
    }
  /** Answer to a `send` that was not given a number. */
  | { readonly kind: 'notSent'; readonly code: 'NOT_LOGGED_ON' | 'NOT_ENCODABLE'; readonly message: string }
  /** Send again what was sent under these numbers, behind everything still waiting to leave. */
  | { readonly kind: 'resend'; readonly from: number; readonly to: number }
  /** An application message (or a Reject of one of ours), in order. Answer with `taken` once it is durable. */
  | { readonly kind: 'deliver'; readonly delivery: Delivery }
  /** Both sides start anew: store it, forget what was sent. The next number we use is `nextOut`. */
  | { readonly kind: 'reset'; readonly nextOut: number }
  | { readonly kind: 'loggedOn' }
  /** We answered a message of the peer with a session-level Reject. */
  | { readonly kind: 'rejected'; readonly refSeq: number; readonly text: string }
  /** The peer was asked to send again from `from` on. */
  | { readonly kind: 'gap'; readonly from: number; readonly upTo: number }
  /** Close the stream once everything before has left. */
  | { readonly kind: 'disconnect'; readonly code: DisconnectCode; readonly text: string };

export interface Delivery {
  readonly message: FixMessage;
  /** MsgSeqNum (34). */
  readonly seq: number;
  readonly epoch: number;
  /** PossDupFlag (43): this number was sent before; it may or may not have been taken. */
  readonly isPossDup: boolean;
  /** PossResend (97): this content may have been sent before under another number. */
  readonly isPossResend: boolean;
}

export const DISCONNECT_CODES = [
  /** Logout handshake done, or the peer's Logout answered. */
  'LOGGED_OUT',
  /** No Logon, or no answer to ours, in time. */
  'LOGON_TIMEOUT',
  /** The Logon could not be accepted, or the peer refused ours. */
  'LOGON_REFUSED',
  /** Nothing heard for 2.4 heartbeat intervals. */
  'SILENCE',
  'SEQUENCE_TOO_LOW',
  /** A message broke the session's rules beyond repair: wrong CompIDs, no MsgSeqNum, stale SendingTime. */
  'PROTOCOL',
  /** The peer did not fill a gap after three requests. */
  'GAP_NOT_FILLED',
  'LOGOUT_TIMEOUT',
] as const;
export type DisconnectCode = (typeof DISCONNECT_CODES)[number];
