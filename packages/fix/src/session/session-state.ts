import type { Ns } from '@tapeclock/domain';
import type { FixMessage } from '../codec/index.ts';
import type { ResolvedConfig } from './session-config.ts';
import type { DisconnectCode } from './session-event.ts';

/** Both clocks at one moment: SendingTime wants the wall, timeouts must not notice it being stepped. */
export interface Now {
  readonly utcNs: Ns;
  readonly monotonicNs: Ns;
}

export type Phase = 'disconnected' | 'awaitingLogon' | 'logonSent' | 'loggedOn' | 'logoutSent';

/** A hole in what arrived, being asked for. */
export interface Gap {
  /** Highest number seen beyond the hole. */
  readonly upTo: number;
  /** When something last came of it. */
  readonly progressNs: Ns;
  readonly requestCount: number;
}

/**
 * All that a session knows. Two numbers move on the incoming side: `expectedIn` follows the wire, `takenIn` (derived)
 * follows what the shell has taken durably, and only the latter is stored. What lies between is in flight.
 */
export interface SessionState {
  readonly config: ResolvedConfig;
  readonly phase: Phase;
  /** Counts sequence resets, so that an acknowledgement from before one is not mistaken for one after it. */
  readonly epoch: number;
  /** MsgSeqNum of the next message we send. */
  readonly nextOut: number;
  /** MsgSeqNum of the next message to process. */
  readonly expectedIn: number;
  /** Application messages delivered and not yet taken, ascending. Outlives the connection, until the next one. */
  readonly inFlight: readonly number[];
  /** Messages that came too early, by number; `null` where only the number matters any more. */
  readonly held: ReadonlyMap<number, FixMessage | null>;
  readonly heldBytes: number;
  readonly gap: Gap | null;
  /** Agreed by Logon; 0 switches heartbeats off. */
  readonly heartbeatNs: Ns;
  readonly phaseSinceNs: Ns;
  readonly lastSentNs: Ns;
  readonly lastReceivedNs: Ns;
  readonly isTestRequested: boolean;
  /** Our Logon of this connection carried ResetSeqNumFlag. */
  readonly isResetSent: boolean;
  /** Why we logged out over something the peer did; until it answers, nothing else of it is heard. */
  readonly verdict: { readonly code: DisconnectCode; readonly text: string } | null;
}

/** What a store remembers of a session. */
export interface SequenceNumbers {
  readonly nextOut: number;
  readonly nextIn: number;
}

export function initialState(config: ResolvedConfig, stored: SequenceNumbers): SessionState {
  return {
    config,
    phase: 'disconnected',
    epoch: 0,
    nextOut: stored.nextOut,
    expectedIn: stored.nextIn,
    inFlight: [],
    held: new Map(),
    heldBytes: 0,
    gap: null,
    heartbeatNs: 0n,
    phaseSinceNs: 0n,
    lastSentNs: 0n,
    lastReceivedNs: 0n,
    isTestRequested: false,
    isResetSent: false,
    verdict: null,
  };
}

/** Everything below this number is durable with us; the peer is asked again for this and what follows. */
export function takenIn(state: SessionState): number {
  return state.inFlight[0] ?? state.expectedIn;
}
