import type { Ns } from '@tapeclock/domain';
import { MsgType, Tag } from '../tags.ts';
import { gapTimedOut } from './gap.ts';
import type { SessionState } from './session-state.ts';
import { disconnect, type Turn, transmit } from './turn.ts';

/** TestRequest after 1.2 intervals of silence, the line is dead after 2.4: room for the wire and a busy peer. */
const testRequestAfterNs = (heartbeatNs: Ns): Ns => (heartbeatNs * 12n) / 10n;
const deadAfterNs = (heartbeatNs: Ns): Ns => (heartbeatNs * 24n) / 10n;

const LOGOUT_TIMEOUT = { code: 'LOGOUT_TIMEOUT', text: 'Logout was not answered' } as const;

/** When the session next wants a `tick`, on the monotonic clock; `null` when it waits for nothing. */
export function wakeAtNs(state: SessionState): Ns | null {
  const { config, heartbeatNs } = state;
  switch (state.phase) {
    case 'disconnected':
      return null;
    case 'awaitingLogon':
    case 'logonSent':
      return state.phaseSinceNs + config.logonTimeoutNs;
    case 'logoutSent':
      return state.phaseSinceNs + config.logoutTimeoutNs;
    case 'loggedOn': {
      let wakeNs = state.gap === null ? null : state.gap.progressNs + config.gapTimeoutNs;
      if (heartbeatNs > 0n) {
        if (!state.isTestRequested) wakeNs = earlier(wakeNs, state.lastSentNs + heartbeatNs);
        const limitNs = state.isTestRequested ? deadAfterNs(heartbeatNs) : testRequestAfterNs(heartbeatNs);
        wakeNs = earlier(wakeNs, state.lastReceivedNs + limitNs);
      }
      return wakeNs;
    }
  }
}

export function tick(turn: Turn, isReading: boolean): void {
  const { draft, now } = turn;
  const { config, heartbeatNs } = draft;
  const inPhaseNs = now.monotonicNs - draft.phaseSinceNs;
  if (draft.phase === 'awaitingLogon' || draft.phase === 'logonSent') {
    if (inPhaseNs >= config.logonTimeoutNs) disconnect(turn, 'LOGON_TIMEOUT', 'no Logon in time');
    return;
  }
  if (draft.phase === 'logoutSent') {
    if (inPhaseNs < config.logoutTimeoutNs) return;
    const { code, text } = draft.verdict ?? LOGOUT_TIMEOUT;
    disconnect(turn, code, text);
    return;
  }
  if (draft.phase !== 'loggedOn') return;
  if (!isReading) {
    // What the peer sent lies in the socket because we hold it back: that is our silence.
    draft.lastReceivedNs = now.monotonicNs;
    if (draft.gap !== null) draft.gap = { ...draft.gap, progressNs: now.monotonicNs };
  }
  if (heartbeatNs > 0n) {
    const silentNs = now.monotonicNs - draft.lastReceivedNs;
    if (silentNs >= deadAfterNs(heartbeatNs)) {
      disconnect(turn, 'SILENCE', `nothing received for ${silentNs / 1_000_000n} ms`);
      return;
    }
    if (silentNs >= testRequestAfterNs(heartbeatNs) && !draft.isTestRequested) {
      draft.isTestRequested = true;
      transmit(turn, { msgType: MsgType.TestRequest, fields: [[Tag.TestReqID, 'TEST']] });
    }
    // While an answer is due the peer has our TestRequest, and hears no more of us until it speaks.
    if (!draft.isTestRequested && now.monotonicNs - draft.lastSentNs >= heartbeatNs) {
      transmit(turn, { msgType: MsgType.Heartbeat, fields: [] });
    }
  }
  if (draft.gap !== null && now.monotonicNs - draft.gap.progressNs >= config.gapTimeoutNs) gapTimedOut(turn);
}

function earlier(a: Ns | null, b: Ns): Ns {
  return a === null || b < a ? b : a;
}
