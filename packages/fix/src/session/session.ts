import { MsgType, Tag } from '../tags.ts';
import { connected } from './logon.ts';
import { receive } from './receive.ts';
import type { SessionEvent, SessionOutput } from './session-event.ts';
import type { Now, SessionState } from './session-state.ts';
import { tick } from './timing.ts';
import { disconnect, enter, fallSilent, type Turn, transmit, transmitForCaller } from './turn.ts';

export interface Step {
  readonly state: SessionState;
  readonly outputs: readonly SessionOutput[];
}

/**
 * One step of a FIX session, acceptor or initiator: pure, total, never throws for anything a peer can send. The shell
 * acts on the outputs in their order and asks `wakeAtNs(state)` when to send the next `tick`.
 */
export function stepSession(state: SessionState, event: SessionEvent, now: Now): Step {
  const turn: Turn = { now, draft: { ...state }, outputs: [] };
  switch (event.kind) {
    case 'connected':
      connected(turn);
      break;
    case 'message':
      receive(turn, event.message);
      break;
    case 'taken':
      taken(turn, event.seq, event.epoch);
      break;
    case 'send':
      transmitForCaller(turn, event.message);
      break;
    case 'tick':
      tick(turn, event.isReading);
      break;
    case 'logout':
      logout(turn, event.text);
      break;
    case 'disconnected':
      if (turn.draft.phase !== 'disconnected') fallSilent(turn);
      break;
  }
  return { state: turn.draft, outputs: turn.outputs };
}

function taken(turn: Turn, seq: number, epoch: number): void {
  const { draft } = turn;
  if (epoch !== draft.epoch || !draft.inFlight.includes(seq)) return;
  draft.inFlight =
    draft.inFlight[0] === seq ? draft.inFlight.slice(1) : draft.inFlight.filter((n) => n !== seq);
}

function logout(turn: Turn, text: string): void {
  const { draft } = turn;
  if (draft.phase === 'loggedOn') {
    transmit(turn, { msgType: MsgType.Logout, fields: text === '' ? [] : [[Tag.Text, text]] });
    enter(turn, 'logoutSent');
  } else if (draft.phase === 'awaitingLogon' || draft.phase === 'logonSent') {
    disconnect(turn, 'LOGGED_OUT', text);
  }
}
