import { NS_PER_DAY, NS_PER_SECOND, type Ns } from '@tapeclock/domain';
import { type AnyEvent, type EventCodec, type SessionStateChanged, TOPICS } from '@tapeclock/schemas';
import type { Processor } from '@tapeclock/service';
import { operationsAlert } from '../alerts/operations-alert.ts';

/** A reconnect takes well under this; a session that stays away longer uses up the window of every trade behind it. */
const PATIENCE_NS = 2n * NS_PER_SECOND;

interface Watched {
  downSinceNs: Ns | null;
  raised: boolean;
}
type SessionWatchState = Map<string, Watched>;

/** Raises `facility-session-down` for every facility session that stays down, and clears it when it is back. */
export const sessionWatch: Processor<SessionWatchState> = {
  name: 'deadline-tracker.sessions',
  inputs: [TOPICS.systemStatus],
  restoreFrom: [{ topic: TOPICS.systemStatus, horizonNs: NS_PER_DAY }],
  init: () => new Map(),
  restore(state, event) {
    if (event.type === 'SessionStateChanged') note(state, event.event);
  },
  step(state, event, { nowNs, codec }) {
    const change = facilityChange(event);
    if (change === null) return [];
    const watched = note(state, change);
    if (watched.downSinceNs !== null || !watched.raised) return [];
    watched.raised = false;
    return [
      alert(change.sessionId, 'CLEARED', `session ${change.sessionId} is logged on again`, nowNs, codec),
    ];
  },
  tick(state, nowNs, codec) {
    const outputs = [];
    for (const [sessionId, watched] of state) {
      if (watched.raised || watched.downSinceNs === null || watched.downSinceNs + PATIENCE_NS > nowNs)
        continue;
      watched.raised = true;
      outputs.push(alert(sessionId, 'RAISED', `session ${sessionId} is down`, nowNs, codec));
    }
    return outputs;
  },
  wakeAtNs(state) {
    let firstNs: Ns | null = null;
    for (const { downSinceNs, raised } of state.values()) {
      if (raised || downSinceNs === null) continue;
      const atNs = downSinceNs + PATIENCE_NS;
      if (firstNs === null || atNs < firstNs) firstNs = atNs;
    }
    return firstNs;
  },
};

function facilityChange(event: AnyEvent): SessionStateChanged | null {
  return event.type === 'SessionStateChanged' && event.event.role === 'facility' ? event.event : null;
}

function note(state: SessionWatchState, change: SessionStateChanged): Watched {
  const watched = state.get(change.sessionId) ?? { downSinceNs: null, raised: false };
  if (change.role !== 'facility') return watched;
  state.set(change.sessionId, watched);
  if (change.state === 'LOGGED_ON') watched.downSinceNs = null;
  else watched.downSinceNs ??= change.meta.recordedNs;
  return watched;
}

function alert(sessionId: string, state: 'RAISED' | 'CLEARED', text: string, nowNs: Ns, codec: EventCodec) {
  return operationsAlert(
    {
      alert: 'facility-session-down',
      subject: `session/${sessionId}`,
      severity: 'critical',
      state,
      text,
      action: 'Follow runbooks/facility-session-down.md',
    },
    nowNs,
    codec,
  );
}
