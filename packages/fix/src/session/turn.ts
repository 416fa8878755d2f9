import { EncodeError, encodeMessage, type Field, formatUtcTimestamp } from '../codec/index.ts';
import { isAdmin, MsgType, Tag } from '../tags.ts';
import { ascending, headerLength, subIds } from './header.ts';
import type { DisconnectCode, OutgoingMessage, SessionOutput } from './session-event.ts';
import type { Now, Phase, SessionState } from './session-state.ts';

/** One step under way: a private copy of the state to change, and what comes of it. */
export interface Turn {
  readonly now: Now;
  readonly draft: { -readonly [Key in keyof SessionState]: SessionState[Key] };
  readonly outputs: SessionOutput[];
}

export function enter(turn: Turn, phase: Phase): void {
  turn.draft.phase = phase;
  turn.draft.phaseSinceNs = turn.now.monotonicNs;
}

/** Gives the message the next number and its header. Throws `EncodeError` with nothing changed. */
export function transmit(turn: Turn, message: OutgoingMessage): void {
  const { draft, now } = turn;
  const { config } = draft;
  const seq = draft.nextOut;
  const length = headerLength(message.fields);
  const header: Field[] = [
    [Tag.MsgSeqNum, seq],
    [Tag.SenderCompID, config.senderCompId],
    [Tag.SendingTime, formatUtcTimestamp(now.utcNs, config.fractionDigits)],
    [Tag.TargetCompID, config.targetCompId],
    ...subIds(config),
    ...message.fields.slice(0, length),
  ];
  const fields = [...ascending(header), ...message.fields.slice(length)];
  const bytes = encodeMessage(config.beginString, message.msgType, fields);
  draft.nextOut = seq + 1;
  draft.lastSentNs = now.monotonicNs;
  const isApplication = !isAdmin(message.msgType);
  turn.outputs.push({ kind: 'transmit', seq, msgType: message.msgType, bytes, isApplication });
}

/** The caller's message: refused where it cannot be written, instead of thrown. */
export function transmitForCaller(turn: Turn, message: OutgoingMessage): void {
  if (turn.draft.phase !== 'loggedOn') {
    turn.outputs.push({ kind: 'notSent', code: 'NOT_LOGGED_ON', message: 'the session is not logged on' });
    return;
  }
  try {
    transmit(turn, message);
  } catch (error) {
    if (!(error instanceof EncodeError)) throw error;
    turn.outputs.push({ kind: 'notSent', code: 'NOT_ENCODABLE', message: error.message });
  }
}

/** Ends the connection. Deliveries in flight stay so: they may still be taken. */
export function disconnect(turn: Turn, code: DisconnectCode, text: string): void {
  turn.outputs.push({ kind: 'disconnect', code, text });
  fallSilent(turn);
}

/** What holds for one connection only is forgotten with it. */
export function fallSilent(turn: Turn): void {
  const { draft } = turn;
  enter(turn, 'disconnected');
  draft.held = new Map();
  draft.heldBytes = 0;
  draft.gap = null;
  draft.isTestRequested = false;
  draft.isResetSent = false;
  draft.verdict = null;
}

/** Says why, then hangs up: for errors after which nothing the peer says can be trusted. */
export function logoutAndDisconnect(turn: Turn, code: DisconnectCode, text: string): void {
  transmit(turn, { msgType: MsgType.Logout, fields: [[Tag.Text, text]] });
  disconnect(turn, code, text);
}

/** Logs out over something the peer did, and waits for its answer as the protocol wants; nothing else of it is heard. */
export function logoutAndWait(turn: Turn, code: DisconnectCode, text: string, said: string | null): void {
  transmit(turn, { msgType: MsgType.Logout, fields: said === null ? [] : [[Tag.Text, said]] });
  enter(turn, 'logoutSent');
  turn.draft.verdict = { code, text };
}

/** Both directions start at 1 (or at `nextOut`, where our Logon has used 1 already). */
export function resetSequences(turn: Turn, nextOut = 1): void {
  const { draft } = turn;
  draft.epoch += 1;
  draft.nextOut = nextOut;
  draft.expectedIn = 1;
  draft.inFlight = [];
  draft.held = new Map();
  draft.heldBytes = 0;
  draft.gap = null;
  turn.outputs.push({ kind: 'reset', nextOut });
}
