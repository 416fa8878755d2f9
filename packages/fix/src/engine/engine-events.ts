import type { Ns } from '@tapeclock/domain';
import type { Resync } from '../codec/index.ts';
import type { Delivery, DisconnectCode, OutgoingMessage, ResolvedConfig } from '../session/index.ts';

/** Writes the intent to send; the bytes leave once it has resolved. Called in the order of `seq`, not one by one. */
export type PersistIntent = (seq: number, bytes: Uint8Array) => Promise<void>;

export interface Sent {
  /** MsgSeqNum (34) it was given. */
  readonly seq: number;
  /**
   * When the bytes were handed to the socket, UTC. `null`: the connection broke first; the message is durable and
   * leaves as an answer to the peer's ResendRequest after the next Logon.
   */
  readonly sentNs: Ns | null;
}

/** One session, for as long as the engine runs; connections come and go below it. */
export interface Session {
  readonly sessionId: string;
  readonly config: ResolvedConfig;
  readonly isLoggedOn: boolean;
  /** MsgSeqNum of the next message out, and of the first one in that is not yet taken. */
  readonly nextOut: number;
  readonly nextIn: number;
  /**
   * Gives the message its number, makes that durable (with `persist`, where given, in place of the session's store),
   * then lets the bytes leave, in the order of the numbers. Many may be under way at once. Rejects with `SendError`.
   */
  send(message: OutgoingMessage, persist?: PersistIntent): Promise<Sent>;
  /** Ends the present connection by the Logout handshake. An initiator connects again. */
  logout(text: string): void;
}

export interface ReceivedMessage extends Delivery {
  /** When the engine had the whole message, UTC. */
  readonly receivedNs: Ns;
}

/**
 * Takes one message. Resolve when it is durable: only then does the incoming number move on. Calls come in the order
 * of the numbers and do not wait for each other, up to the window. Reject to say that it was not taken: the
 * connection is dropped and the peer will send it (and what followed) again, with PossDupFlag.
 */
export type OnMessage = (session: Session, message: ReceivedMessage) => Promise<void>;

export type CloseCode =
  | DisconnectCode
  /** The peer or the network closed the stream. */
  | 'CONNECTION_LOST'
  /** `onMessage` rejected. */
  | 'NOT_TAKEN'
  /** The session store, or the caller's `persist`, failed. */
  | 'STORE_FAILED'
  | 'MESSAGE_TOO_LARGE'
  | 'TOO_MUCH_GARBAGE';

export interface StateChange {
  readonly session: Session;
  readonly state: 'CONNECTED' | 'LOGGED_ON' | 'DISCONNECTED';
  /** Why it went down; null on the way up. */
  readonly code: CloseCode | null;
  readonly text: string;
  readonly remoteAddress: string;
}

export const INCIDENT_CODES = [
  /** Bytes that belong to no message were skipped. */
  'GARBAGE',
  /** A message with a wrong length, checksum or form was dropped; no number was used. */
  'GARBLED',
  /** A well-framed message was answered with a session-level Reject. */
  'REJECTED',
  /** Messages were missing and have been asked for. */
  'GAP',
  /** The peer asked for messages again. */
  'RESEND',
  /** Both directions began anew at 1; what was sent and not received is lost to the session. */
  'SEQUENCE_RESET',
  /** `onMessage` rejected. */
  'NOT_TAKEN',
  /** Sequence numbers could not be stored. */
  'STORE_FAILED',
  /** A connection was refused before it belonged to a session: */
  'TOO_MANY_CONNECTIONS',
  'NO_LOGON',
  'UNKNOWN_SESSION',
  'ADDRESS_REFUSED',
  'PASSWORD_REFUSED',
  'ALREADY_LOGGED_ON',
  'LOOKUP_FAILED',
  /** The initiator did not reach its peer; it tries again. */
  'CONNECT_FAILED',
] as const;
export type IncidentCode = (typeof INCIDENT_CODES)[number];

/** Something to count and, perhaps, to look at. Never carries a password or a message's content. */
export interface Incident {
  readonly code: IncidentCode;
  /** Null where the connection belonged to no session yet. */
  readonly sessionId: string | null;
  readonly remoteAddress: string;
  readonly text: string;
}

/** What every engine tells its owner. */
export interface EngineListener {
  readonly onMessage: OnMessage;
  readonly onState: (change: StateChange) => void;
  readonly onIncident?: (incident: Incident) => void;
}

export interface EngineLimits {
  /** Messages delivered and not yet taken; beyond it the stream is not read (TCP back-pressure). @default 256 */
  readonly windowMessages?: number;
  /** Messages numbered and not yet on the wire; beyond it `send` rejects and the stream is not read. @default 4096 */
  readonly outboundMessagesMax?: number;
  /** Largest BodyLength accepted of a session logged on. @default 1 MiB */
  readonly bodyBytesMax?: number;
  /** Where a message with a wrong BodyLength ends, see `FrameReaderOptions`. @default 'start' */
  readonly resyncAt?: Resync;
  /** Sent messages remembered for a resend. @default 10000 */
  readonly sentMessagesMax?: number;
  /** @default 16 MiB */
  readonly sentBytesMax?: number;
  /**
   * How long the incoming number may lag in the store. After a crash the peer repeats what lay within, marked
   * PossDup. @default 50 ms
   */
  readonly takenRecordDelayNs?: Ns;
}
